package org.ascend4j.loop;

import java.util.List;
import java.util.function.Function;
import org.ascend4j.Ascend4jException;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.Precision;
import org.ascend4j.nn.Layer;
import org.ascend4j.optim.Decay;
import org.ascend4j.optim.Optimizer;
import org.ascend4j.optim.OptimizerBuilder;
import org.ascend4j.optim.Schedule;

/**
 * Options of a {@link TrainingSession}.
 *
 * @since 0.1.0
 */
public final class TrainingSessionBuilder {
    private final DeviceBackend device;
    private final Layer model;
    private final OptimizerBuilder<?> optimizer;
    private Function<List<Double>, Schedule> schedule = Decay::constant;
    private Precision precision = Precision.FP32;
    private double clipNorm;

    TrainingSessionBuilder(DeviceBackend device, Layer model, OptimizerBuilder<?> optimizer) {
        this.device = device;
        this.model = model;
        this.optimizer = optimizer;
    }

    /** Sets a schedule for the learning rates of the groups, such as {@code rates -> Decay.cosine(rates, 100, 5000)}; they are constant by default. */
    public TrainingSessionBuilder schedule(Function<List<Double>, Schedule> value) {
        schedule = value;
        return this;
    }

    /** Sets the precision of forward and backward passes; fp16 uses a scaled loss. The default is fp32. */
    public TrainingSessionBuilder precision(Precision value) {
        precision = value;
        return this;
    }

    /** Sets an upper limit, a positive number, for the global norm of the gradients; gradients are not clipped by default. */
    public TrainingSessionBuilder clipNorm(double value) {
        if (!(value > 0)) {
            throw new Ascend4jException("clipping expects a positive norm, found " + value);
        }
        clipNorm = value;
        return this;
    }

    /**
     * Moves the model to the device and creates the optimiser there.
     *
     * @throws Ascend4jException if the optimiser belongs to another model
     */
    public TrainingSession build() {
        if (!optimizer.updatesAnyOf(model)) {
            throw new Ascend4jException(
                    "a training session expects the optimiser of its own model, found one that updates"
                            + " none of the model's parameters; make it over the same model");
        }
        model.to(device.device(), false);
        return new TrainingSession(this, optimizer.build());
    }

    DeviceBackend device() {
        return device;
    }

    Layer model() {
        return model;
    }

    Precision precision() {
        return precision;
    }

    double clipNorm() {
        return clipNorm;
    }

    Schedule schedule(Optimizer made) {
        return schedule.apply(made.learningRates());
    }
}
