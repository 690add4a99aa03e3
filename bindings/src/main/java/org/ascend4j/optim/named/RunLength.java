package org.ascend4j.optim.named;

import java.util.List;

/**
 * The run that a schedule is for.
 *
 * @param learningRates the optimiser's, one for each of its groups
 * @param stepsPerEpoch how many steps an epoch has
 * @param epochs how many epochs the schedule is laid out for
 */
public record RunLength(List<Double> learningRates, long stepsPerEpoch, int epochs) {
    /** Returns how many steps the schedule is laid out for. */
    public long steps() {
        return epochs * stepsPerEpoch;
    }

    /** Returns how many steps some epochs have, to the nearest. */
    public long steps(double someEpochs) {
        return Math.round(someEpochs * stepsPerEpoch);
    }
}
