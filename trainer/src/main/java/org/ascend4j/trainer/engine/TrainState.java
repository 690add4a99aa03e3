package org.ascend4j.trainer.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ascend4j.amp.GradScaler;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.Layout;
import org.ascend4j.distributed.GradientSum;
import org.ascend4j.distributed.RankGroup;
import org.ascend4j.optim.FlatParameters;
import org.ascend4j.optim.GradientClipping;
import org.ascend4j.optim.Optimizer;
import org.ascend4j.optim.OptimizerBuilder;
import org.ascend4j.optim.ParameterGroup;
import org.ascend4j.optim.RecordableUpdate;
import org.ascend4j.optim.Schedule;
import org.ascend4j.optim.named.Optimizers;
import org.ascend4j.optim.named.RunLength;
import org.ascend4j.optim.named.Schedules;
import org.ascend4j.state.StateDict;
import org.ascend4j.trainer.checkpoint.Checkpoint;
import org.ascend4j.trainer.input.Factor;
import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.progress.TensorObserver;
import org.ascend4j.trainer.recipe.Recipe;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * A model on its device with the objects that train it: optimiser, schedule, loss scale and the sums over the ranks.
 *
 * @since 0.1.0
 */
public final class TrainState implements AutoCloseable {
    private static final String SCALER = "grad_scaler.";
    private static final String SCHEDULE = "schedule.";

    private final ImageClassifier model;
    private final RankGroup ranks;
    private final Optimizer optimizer;
    private final Schedule schedule;
    private final GradScaler scaler;
    private final GradientSum sum;
    private final WeightAverage average;

    /**
     * Moves a model to a device and prepares its parameters for training.
     *
     * @param model the model, which the caller still owns
     * @param stepsPerEpoch number of steps per epoch, for the schedule
     * @param ranks the processes that train together
     * @param exact whether to use the same operators as Python
     */
    public TrainState(
            ImageClassifier model,
            DeviceBackend device,
            Layout layout,
            Recipe recipe,
            int stepsPerEpoch,
            RankGroup ranks,
            boolean exact) {
        this.model = model;
        this.ranks = ranks;
        // On a host the arithmetic dominates the cost; on other devices the additional launches would cost more.
        model.economise(device.isHost() && !exact);
        model.to(device.device(), false);
        OptimizerBuilder<?> builder = Optimizers.over(model, recipe.optimizer().values());
        double headFactor = recipe.headRateFactor();
        if (headFactor != 1) {
            builder.group(model.headNames(), group -> group.withLearningRate(headFactor * group.learningRate()));
        }
        optimizer = builder.layout(layout)
                // Layers that are joined would share the mode of a frozen normalisation.
                .joinTensors(!exact && recipe.fineTuning().freeze().isEmpty())
                .packedGradients(ranks.size() > 1)
                .build();
        RunLength run = new RunLength(optimizer.learningRates(), stepsPerEpoch, recipe.scheduledEpochs());
        schedule = Schedules.create(recipe.schedule().values(), run);
        // A loaded state has a momentum buffer only if the momentum is not 0, so the momentum is set before a state can
        // be loaded.
        schedule(0);
        // The small range of fp16 loses gradients unless the loss is scaled; bf16 has the range of fp32.
        scaler = recipe.precision().equals("fp16")
                ? new GradScaler(GradScaler.Options.DEFAULT, weights().get(0))
                : null;
        sum = ranks.gradientSum(optimizer);
        List<FlatParameters> parameters =
                optimizer.groups().stream().map(ParameterGroup::parameters).toList();
        average = recipe.ema().isOn() ? new WeightAverage(recipe.ema(), model, parameters) : null;
    }

    /** Returns the buffers that hold all parameters. */
    private List<Tensor> weights() {
        return optimizer.groups().stream()
                .map(group -> group.parameters().values())
                .toList();
    }

    /** Returns the model. */
    public ImageClassifier model() {
        return model;
    }

    /** Returns the optimiser. */
    public Optimizer optimizer() {
        return optimizer;
    }

    /** Returns the optimiser's first parameter group, whose settings are shown in reports. */
    public ParameterGroup group() {
        return optimizer.groups().get(0);
    }

    /** Sets learning rate and momentum for the step after {@code stepsDone} steps. */
    public void schedule(long stepsDone) {
        schedule.apply(stepsDone, optimizer.groups());
    }

    /** Passes the loss of a finished epoch to the schedule. */
    void epochDone(double loss) {
        schedule.epochDone(loss);
    }

    /** Returns whether every weight is a finite number; waits for the device. */
    boolean isFinite() {
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            return weights().stream()
                    .allMatch(values -> Double.isFinite(values.sum().item_double()));
        }
    }

    /**
     * Adds the gradients of a batch's mean loss to the existing ones.
     *
     * @param weight the batch's share of the step, over all ranks
     * @param last whether these are the step's last gradients, so that the sums over the ranks can start
     */
    void backward(Tensor loss, Factor weight, boolean last) {
        Tensor part = weight.times(loss);
        if (last) {
            sum.overlap();
        }
        ranks.backward(scaler == null ? part : scaler.scale(part));
    }

    /**
     * Updates the weights with the gradients of all ranks, clipped to a global norm if that is positive.
     *
     * @param step the number of the update
     * @param observer receives weights and gradients before the update; may be null
     */
    void update(double clipNorm, long step, TensorObserver observer) {
        sum.finish();
        if (scaler == null) {
            clip(clipNorm);
            show(step, observer);
            optimizer.step();
        } else {
            // The sums overflow either on all ranks or on none, so all ranks skip the same steps.
            scaler.unscale(optimizer);
            clip(clipNorm);
            show(step, observer);
            scaler.step(optimizer);
            scaler.update();
        }
        optimizer.zeroGrad();
        if (average != null) {
            average.stepDone(step);
        }
    }

    /** Puts the moving average of the weights, if there is one, in place of the weights until the result is closed. */
    AveragedWeights averagedWeights() {
        return new AveragedWeights(average);
    }

    /** Returns the moving average of the weights, if there is one. */
    Optional<WeightAverage> average() {
        return Optional.ofNullable(average);
    }

    /** Returns whether a step has to sum gradients over ranks between its backward pass and its update. */
    boolean sumsGradients() {
        return ranks.size() > 1;
    }

    /** Packs the gradients of a recorded step for {@link #sumPackedGradients}. */
    void packGradients() {
        sum.pack();
    }

    /** Sums the gradients that a repetition of the recorded step has packed. */
    void sumPackedGradients() {
        sum.sumPacked();
    }

    /** Records an update whose factors are on the device, without that of the moving average. */
    void record(double clipNorm, RecordableUpdate update, List<Tensor[]> factors) {
        if (scaler != null) {
            scaler.unscale(optimizer);
        }
        clip(clipNorm);
        update.record(factors);
        if (scaler != null) {
            scaler.update();
        }
        optimizer.zeroGrad();
    }

    /** Returns the update for recorded steps; empty if the optimiser has none. */
    Optional<RecordableUpdate> recordable() {
        return optimizer.recordable(scaler == null ? null : scaler.foundInf());
    }

    /** Forgets the gradients of a step that was given up. */
    void discardGradients() {
        optimizer.zeroGrad();
        if (scaler != null) {
            scaler.discard();
        }
    }

    private void show(long step, TensorObserver observer) {
        if (observer == null) {
            return;
        }
        for (ParameterGroup group : optimizer.groups()) {
            FlatParameters parameters = group.parameters();
            for (int i = 0; i < parameters.size(); i++) {
                Tensor gradient = parameters.hasGradient(i) ? parameters.pack(i, i + 1) : null;
                observer.parameter(step, parameters.names().get(i), parameters.parameter(i), gradient);
            }
        }
    }

    /** Receives the weights and all other state from rank 0, and verifies the weights. */
    void takeFromFirst() {
        if (ranks.size() == 1) {
            return;
        }
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            StateDict state = optimizerState();
            List<Tensor> tensors = new ArrayList<>(model.stateDict().entries().values());
            tensors.addAll(state.entries().values());
            ranks.broadcast(tensors);
            loadOptimizerState(state);
        }
        requireEqualWeights();
    }

    /** Receives the running statistics from rank 0, whose checkpoints contain them, so that all ranks evaluate the state that is saved. */
    void takeStatisticsFromFirst() {
        if (ranks.size() == 1) {
            return;
        }
        Set<String> weights = model.namedParameters().keySet();
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            List<Tensor> statistics = new ArrayList<>();
            model.stateDict().entries().forEach((name, tensor) -> {
                if (!weights.contains(name)) {
                    statistics.add(tensor);
                }
            });
            if (average != null) {
                statistics.addAll(average.bufferAverages());
            }
            ranks.broadcast(statistics);
        }
    }

    /** Throws if a rank's weights differ from those of rank 0. */
    void requireEqualWeights() {
        weights().forEach(values -> ranks.requireEqual("weights", values));
    }

    private void clip(double norm) {
        if (norm > 0) {
            GradientClipping.byGlobalNorm(optimizer, norm);
        }
    }

    /** Returns the state of the optimiser and the loss scale; the tensors are views of the live state. */
    StateDict optimizerState() {
        StateDict state = optimizer.stateDict();
        if (scaler != null) {
            scaler.stateDict().entries().forEach((name, tensor) -> state.put(SCALER + name, tensor));
        }
        schedule.stateDict().entries().forEach((name, tensor) -> state.put(SCHEDULE + name, tensor));
        if (average != null) {
            average.stateDict().entries().forEach(state::put);
        }
        return state;
    }

    /**
     * Restores the state that {@link #optimizerState} returned. If the saved run had another precision or schedule, or no
     * moving average, the loss scale, the schedule or the average keeps its initial state.
     */
    void loadOptimizerState(StateDict saved) {
        StateDict own = new StateDict();
        StateDict scale = new StateDict();
        StateDict position = new StateDict();
        saved.entries().forEach((name, tensor) -> {
            if (name.startsWith(SCALER)) {
                scale.put(name.substring(SCALER.length()), tensor);
            } else if (name.startsWith(SCHEDULE)) {
                position.put(name.substring(SCHEDULE.length()), tensor);
            } else if (!WeightAverage.owns(name)) {
                own.put(name, tensor);
            }
        });
        optimizer.loadStateDict(own);
        if (scaler != null && !scale.entries().isEmpty()) {
            scaler.loadStateDict(scale);
        }
        if (!position.entries().isEmpty()) {
            schedule.loadStateDict(position);
        }
        if (average != null && saved.get(Checkpoint.AVERAGE_UPDATES) != null) {
            average.load(saved);
        }
    }

    @Override
    public void close() {
        sum.close();
        if (average != null) {
            average.close();
        }
        if (scaler != null) {
            scaler.close();
        }
        optimizer.close();
    }
}
