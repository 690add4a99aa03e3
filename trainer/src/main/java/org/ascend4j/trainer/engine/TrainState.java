package org.ascend4j.trainer.engine;

import java.util.List;
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
import org.ascend4j.optim.Schedule;
import org.ascend4j.optim.named.Optimizers;
import org.ascend4j.optim.named.RunLength;
import org.ascend4j.optim.named.Schedules;
import org.ascend4j.state.StateDict;
import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.progress.TensorObserver;
import org.ascend4j.trainer.recipe.Recipe;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** A model on its device with what trains it: optimiser, schedule, loss scale and the sums over the ranks. */
public final class TrainState implements AutoCloseable {
    private static final String SCALER = "grad_scaler.";
    private static final String SCHEDULE = "schedule.";

    private final ImageClassifier model;
    private final RankGroup ranks;
    private final Optimizer optimizer;
    private final Schedule schedule;
    private final GradScaler scaler;
    private final GradientSum sum;

    /**
     * Moves a model to a device and prepares its parameters for training.
     *
     * @param model the model; the caller keeps it
     * @param stepsPerEpoch how many steps an epoch has, for the schedule
     * @param ranks who trains it together
     * @param exact whether to compute as Python does, operator by operator
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
        // On a host arithmetic is what costs; elsewhere the additional launches would.
        model.economise(device.isHost() && !exact);
        model.to(device.device(), false);
        OptimizerBuilder<?> builder = Optimizers.over(model, recipe.optimizer().values());
        double headFactor = recipe.headRateFactor();
        if (headFactor != 1) {
            builder.group(model.headNames(), group -> group.withLearningRate(headFactor * group.learningRate()));
        }
        optimizer = builder.layout(layout)
                // Layers that are computed as one would share the mode of a frozen normalisation.
                .joinTensors(!exact && recipe.fineTuning().freeze().isEmpty())
                .packedGradients(ranks.size() > 1)
                .build();
        RunLength run = new RunLength(optimizer.learningRates(), stepsPerEpoch, recipe.scheduledEpochs());
        schedule = Schedules.create(recipe.schedule().values(), run);
        // A state that is loaded now has a momentum buffer only where there is momentum.
        schedule(0);
        // fp16's small range loses gradients without a scaled loss; bf16 has fp32's range.
        scaler = recipe.precision().equals("fp16")
                ? new GradScaler(GradScaler.Options.DEFAULT, weights().get(0))
                : null;
        sum = ranks.gradientSum(optimizer);
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

    /** Returns the first group, whose settings are what reports show. */
    public ParameterGroup group() {
        return optimizer.groups().get(0);
    }

    /** Sets learning rate and momentum for the step after {@code stepsDone} steps. */
    public void schedule(long stepsDone) {
        schedule.apply(stepsDone, optimizer.groups());
    }

    /** Tells the schedule the loss of an epoch that is done. */
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
     * Adds the gradients of a batch's mean loss to those at hand.
     *
     * @param weight the batch's share of the step, over all ranks
     * @param last whether these are the step's last gradients, so that their sums over the ranks can begin
     */
    void backward(Tensor loss, double weight, boolean last) {
        Tensor part = weight == 1 ? loss : loss.mul(new Scalar(weight));
        if (last) {
            sum.overlap();
        }
        ranks.backward(scaler == null ? part : scaler.scale(part));
    }

    /**
     * Updates the weights with the gradients of all ranks, clipped to a global norm where that is positive.
     *
     * @param step the number of the update
     * @param observer is shown weights and gradients before the update; null for none
     */
    void update(double clipNorm, long step, TensorObserver observer) {
        sum.finish();
        if (scaler == null) {
            clip(clipNorm);
            show(step, observer);
            optimizer.step();
        } else {
            // The sums overflow on all ranks or on none, so all skip the same steps.
            scaler.unscale(optimizer);
            clip(clipNorm);
            show(step, observer);
            scaler.step(optimizer);
            scaler.update();
        }
        optimizer.zeroGrad();
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

    /** Takes weights and all other state from rank 0, and makes sure of the weights. */
    void takeFromFirst() {
        if (ranks.size() == 1) {
            return;
        }
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            model.stateDict().entries().values().forEach(this::takeFromFirst);
            StateDict state = optimizerState();
            state.entries().values().forEach(this::takeFromFirst);
            loadOptimizerState(state);
        }
        requireEqualWeights();
    }

    /** Takes running statistics from rank 0, whose checkpoints hold them: all ranks evaluate what is saved. */
    void takeStatisticsFromFirst() {
        if (ranks.size() == 1) {
            return;
        }
        Set<String> weights = model.namedParameters().keySet();
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            model.stateDict().entries().forEach((name, tensor) -> {
                if (!weights.contains(name)) {
                    takeFromFirst(tensor);
                }
            });
        }
    }

    private void takeFromFirst(Tensor tensor) {
        Tensor contiguous = tensor.contiguous();
        ranks.broadcast(contiguous);
        tensor.copy_(contiguous);
    }

    /** Refuses to go on when ranks have come to other weights than rank 0. */
    void requireEqualWeights() {
        weights().forEach(values -> ranks.requireEqual("weights", values));
    }

    private void clip(double norm) {
        if (norm > 0) {
            GradientClipping.byGlobalNorm(optimizer, norm);
        }
    }

    /** Returns the state of optimiser and loss scale; tensors are views of the live state. */
    StateDict optimizerState() {
        StateDict state = optimizer.stateDict();
        if (scaler != null) {
            scaler.stateDict().entries().forEach((name, tensor) -> state.put(SCALER + name, tensor));
        }
        schedule.stateDict().entries().forEach((name, tensor) -> state.put(SCHEDULE + name, tensor));
        return state;
    }

    /** Restores what {@link #optimizerState} returned; a state from a run in another precision, or with another schedule, leaves the loss scale or the schedule at its start. */
    void loadOptimizerState(StateDict saved) {
        StateDict own = new StateDict();
        StateDict scale = new StateDict();
        StateDict position = new StateDict();
        saved.entries().forEach((name, tensor) -> {
            if (name.startsWith(SCALER)) {
                scale.put(name.substring(SCALER.length()), tensor);
            } else if (name.startsWith(SCHEDULE)) {
                position.put(name.substring(SCHEDULE.length()), tensor);
            } else {
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
    }

    @Override
    public void close() {
        sum.close();
        if (scaler != null) {
            scaler.close();
        }
        optimizer.close();
    }
}
