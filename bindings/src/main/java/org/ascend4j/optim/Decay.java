package org.ascend4j.optim;

import java.util.List;
import java.util.OptionalDouble;
import org.ascend4j.Ascend4jException;

/**
 * Schedules that compute every group's learning rate from its initial value and the step, and leave momentum unchanged.
 *
 * @since 0.1.0
 */
public final class Decay implements Schedule {
    private interface Rule {
        double rate(double first, long step);
    }

    private final List<Double> learningRates;
    private final Rule rule;

    private Decay(List<Double> learningRates, Rule rule) {
        this.learningRates = List.copyOf(learningRates);
        this.rule = rule;
    }

    /** Keeps the learning rates constant. */
    public static Decay constant(List<Double> learningRates) {
        return new Decay(learningRates, (first, step) -> first);
    }

    /** Multiplies by {@code gamma} after every {@code interval} steps: torch's StepLR, and with an interval of 1 its ExponentialLR. */
    public static Decay step(List<Double> learningRates, long interval, double gamma) {
        return new Decay(learningRates, (first, step) -> first * StrictMath.pow(gamma, step / interval));
    }

    /** Multiplies by {@code gamma} at each of some steps: torch's MultiStepLR. */
    public static Decay multiStep(List<Double> learningRates, List<Long> milestones, double gamma) {
        List<Long> at = List.copyOf(milestones);
        return new Decay(learningRates, (first, step) -> {
            long passed = at.stream().filter(milestone -> milestone <= step).count();
            return first * StrictMath.pow(gamma, passed);
        });
    }

    /** Interpolates linearly from one share of the learning rate to another over {@code totalSteps}, and stays there: torch's LinearLR. */
    public static Decay linear(List<Double> learningRates, double startFactor, double endFactor, long totalSteps) {
        return new Decay(learningRates, (first, step) -> {
            double done = Math.min(1, (double) step / Math.max(1, totalSteps));
            return first * (startFactor + (endFactor - startFactor) * done);
        });
    }

    /** Falls to zero at {@code totalSteps} along a power of the remaining share of steps: torch's PolynomialLR. */
    public static Decay polynomial(List<Double> learningRates, long totalSteps, double power) {
        return new Decay(learningRates, (first, step) -> {
            double done = Math.min(1, (double) step / Math.max(1, totalSteps));
            return first * StrictMath.pow(1 - done, power);
        });
    }

    /** Equivalent to {@link #cosine(List, long, long, double)} with a minimum of zero. */
    public static Decay cosine(List<Double> learningRates, long warmUp, long totalSteps) {
        return cosine(learningRates, warmUp, totalSteps, 0);
    }

    /**
     * Rises linearly from nearly zero over {@code warmUp} steps, then falls along half a cosine to {@code minimum} at {@code totalSteps}, as torch's
     * CosineAnnealingLR does without warm-up.
     */
    public static Decay cosine(List<Double> learningRates, long warmUp, long totalSteps, double minimum) {
        if (warmUp > totalSteps) {
            throw new Ascend4jException("a cosine expects a warm-up within its " + totalSteps + " steps, found "
                    + warmUp + " steps of warm-up");
        }
        return new Decay(learningRates, (first, step) -> {
            if (step < warmUp) {
                return first * ((step + 1.0) / (warmUp + 1));
            }
            double done = Math.min(1, (double) (step - warmUp) / Math.max(1, totalSteps - warmUp));
            return minimum + (first - minimum) * ((1 + StrictMath.cos(Math.PI * done)) / 2);
        });
    }

    @Override
    public Settings at(long step, int group) {
        return new Settings(rule.rate(learningRates.get(group), step), OptionalDouble.empty());
    }
}
