package org.ascend4j.trainer.train;

import java.util.List;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.Layout;
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
import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.recipe.OptimizerSettings;
import org.ascend4j.trainer.recipe.Recipe;
import org.ascend4j.trainer.recipe.ScheduleSettings;

/** A model on its device with what trains it: optimiser and schedule. */
public final class TrainState implements AutoCloseable {
    private final ImageClassifier model;
    private final FlatParameters parameters;
    private final ParameterGroup group;
    private final Optimizer optimizer;
    private final Schedule schedule;

    /**
     * Moves a model to a device and prepares its parameters for training.
     *
     * @param model the model, closed with this object
     * @param stepsPerEpoch how many steps an epoch has, for the schedule
     */
    public TrainState(ImageClassifier model, DeviceBackend device, Layout layout, Recipe recipe, int stepsPerEpoch) {
        this.model = model;
        model.to(device.device(), false);
        OptimizerSettings settings = recipe.optimizer();
        boolean adam = !settings.type().equals("sgd");
        parameters = new FlatParameters(model.namedParameters(), layout);
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
                                settings.type().equals("adamw")))
                : new Sgd(List.of(group), new SgdOptions(settings.dampening(), settings.nesterov()));
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

    /** Updates the weights from the gradients of the last backward pass, clipped to a global norm where that is positive, and drops them. */
    void update(double clipNorm) {
        if (clipNorm > 0) {
            GradientClipping.byGlobalNorm(optimizer, clipNorm);
        }
        optimizer.step();
        optimizer.zeroGrad();
    }

    @Override
    public void close() {
        optimizer.close();
        parameters.close();
        model.close();
    }
}
