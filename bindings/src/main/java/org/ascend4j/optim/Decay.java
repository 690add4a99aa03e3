package org.ascend4j.optim;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.LongToDoubleFunction;

/** Schedules that multiply every group's learning rate by one factor of the step and leave momentum alone. */
public final class Decay implements Schedule {
    private final List<Double> learningRates;
    private final LongToDoubleFunction factor;

    private Decay(List<Double> learningRates, LongToDoubleFunction factor) {
        this.learningRates = List.copyOf(learningRates);
        this.factor = factor;
    }

    /** Multiplies by {@code gamma} after every {@code interval} steps: torch's StepLR. */
    public static Decay step(List<Double> learningRates, long interval, double gamma) {
        return new Decay(learningRates, step -> StrictMath.pow(gamma, step / interval));
    }

    /**
     * Rises in a line from nearly zero over {@code warmUp} steps, then falls along half a cosine to zero at {@code totalSteps}, as torch's CosineAnnealingLR
     * does without warm-up.
     */
    public static Decay cosine(List<Double> learningRates, long warmUp, long totalSteps) {
        return new Decay(learningRates, step -> {
            if (step < warmUp) {
                return (step + 1.0) / (warmUp + 1);
            }
            double done = Math.min(1, (double) (step - warmUp) / Math.max(1, totalSteps - warmUp));
            return (1 + StrictMath.cos(Math.PI * done)) / 2;
        });
    }

    @Override
    public Settings at(long step, int group) {
        return new Settings(learningRates.get(group) * factor.applyAsDouble(step), OptionalDouble.empty());
    }
}
