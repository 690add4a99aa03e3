package org.ascend4j.optim.named;

import java.util.List;

/**
 * The run for which a schedule is created.
 *
 * @param learningRates the optimiser's learning rates, one per group
 * @param stepsPerEpoch the number of steps per epoch
 * @param epochs the number of epochs of the schedule
 * @since 0.1.0
 */
public record RunLength(List<Double> learningRates, long stepsPerEpoch, int epochs) {
    /** Returns the number of steps of the schedule. */
    public long steps() {
        return epochs * stepsPerEpoch;
    }

    /** Returns the number of steps in the given number of epochs, rounded to the nearest integer. */
    public long steps(double someEpochs) {
        return Math.round(someEpochs * stepsPerEpoch);
    }
}
