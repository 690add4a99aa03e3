package org.ascend4j.trainer.engine;

import java.util.List;
import java.util.Set;
import org.ascend4j.amp.GradScaler;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.Layout;
import org.ascend4j.distributed.GradientSum;
import org.ascend4j.distributed.RankGroup;
import org.ascend4j.optim.Adam;
import org.ascend4j.optim.AdamOptions;
import org.ascend4j.optim.FlatParameters;
import org.ascend4j.optim.GradientClipping;
import org.ascend4j.optim.OneCycle;
import org.ascend4j.optim.Optimizer;
import org.ascend4j.optim.ParameterGroup;
import org.ascend4j.optim.Schedule;
import org.ascend4j.optim.Sgd;
import org.ascend4j.optim.SgdOptions;
import org.ascend4j.optim.UpdatePath;
import org.ascend4j.state.StateDict;
import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.recipe.OptimizerSettings;
import org.ascend4j.trainer.recipe.Recipe;
import org.ascend4j.trainer.recipe.ScheduleSettings;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** A model on its device with what trains it: optimiser, schedule, loss scale and the sums over the ranks. */
public final class TrainState implements AutoCloseable {
    private static final String SCALER = "grad_scaler.";

    private final ImageClassifier model;
    private final RankGroup ranks;
    private final FlatParameters parameters;
    private final ParameterGroup group;
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
        OptimizerSettings settings = recipe.optimizer();
        boolean adam = !settings.type().equals("sgd");
        parameters =
                exact ? new FlatParameters(model.namedParameters(), layout) : FlatParameters.joining(model, layout);
        group = new ParameterGroup(
                parameters,
                settings.lr(),
                adam ? settings.betas().get(0) : settings.momentum(),
                settings.weightDecay());
        schedule = schedule(recipe, stepsPerEpoch);
        // The first settings come before the optimiser: it keeps a momentum buffer only where there is momentum.
        schedule.apply(0, List.of(group));
        optimizer = adam
                ? new Adam(
                        List.of(group),
                        new AdamOptions(
                                settings.betas().get(1),
                                settings.eps(),
                                settings.type().equals("adamw")),
                        path())
                : new Sgd(List.of(group), new SgdOptions(settings.dampening(), settings.nesterov()), path());
        // fp16's small range loses gradients without a scaled loss; bf16 has fp32's range.
        scaler = recipe.precision().equals("fp16")
                ? new GradScaler(GradScaler.Options.DEFAULT, parameters.values())
                : null;
        sum = ranks.gradientSum(parameters);
    }

    private UpdatePath path() {
        return ranks.size() == 1 ? UpdatePath.defaultFor(List.of(group)) : UpdatePath.packedFor(List.of(group));
    }

    private static Schedule schedule(Recipe recipe, int stepsPerEpoch) {
        ScheduleSettings settings = recipe.schedule();
        if (!settings.oneCycle()) {
            return Schedule.constant(recipe.optimizer().lr());
        }
        OneCycle.Shape shape = new OneCycle.Shape(
                (long) recipe.scheduledEpochs() * stepsPerEpoch,
                settings.pctStart(),
                settings.anneal().equals("cos") ? OneCycle.Anneal.COS : OneCycle.Anneal.LINEAR,
                settings.cycleMomentum(),
                settings.divFactor(),
                settings.finalDivFactor(),
                settings.threePhase());
        return new OneCycle(
                shape, List.of(new OneCycle.Peak(settings.maxLr(), settings.baseMomentum(), settings.maxMomentum())));
    }

    /** Returns the model. */
    public ImageClassifier model() {
        return model;
    }

    /** Returns the optimiser. */
    public Optimizer optimizer() {
        return optimizer;
    }

    /** Returns the settings that the schedule changes. */
    public ParameterGroup group() {
        return group;
    }

    /** Sets learning rate and momentum for the step after {@code stepsDone} steps. */
    public void schedule(long stepsDone) {
        schedule.apply(stepsDone, List.of(group));
    }

    /** Returns whether every weight is a finite number; waits for the device. */
    boolean isFinite() {
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            return Double.isFinite(parameters.values().sum().item_float());
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

    /** Updates the weights with the gradients of all ranks, clipped to a global norm where that is positive. */
    void update(double clipNorm) {
        sum.finish();
        if (scaler == null) {
            clip(clipNorm);
            optimizer.step();
        } else {
            // The sums overflow on all ranks or on none, so all skip the same steps.
            scaler.unscale(optimizer);
            clip(clipNorm);
            scaler.step(optimizer);
            scaler.update();
        }
        optimizer.zeroGrad();
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
        ranks.requireEqual("weights", parameters.values());
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
        return state;
    }

    /** Restores what {@link #optimizerState} returned; a state from a run in another precision leaves the loss scale at its start. */
    void loadOptimizerState(StateDict saved) {
        StateDict own = new StateDict();
        StateDict scale = new StateDict();
        saved.entries().forEach((name, tensor) -> {
            if (name.startsWith(SCALER)) {
                scale.put(name.substring(SCALER.length()), tensor);
            } else {
                own.put(name, tensor);
            }
        });
        optimizer.loadStateDict(own);
        if (scaler != null && !scale.entries().isEmpty()) {
            scaler.loadStateDict(scale);
        }
    }

    @Override
    public void close() {
        sum.close();
        if (scaler != null) {
            scaler.close();
        }
        optimizer.close();
        parameters.close();
    }
}
