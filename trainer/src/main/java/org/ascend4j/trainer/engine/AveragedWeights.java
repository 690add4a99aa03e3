package org.ascend4j.trainer.engine;

/**
 * The time in which a model holds the moving average of its weights: from the start until close.
 *
 * @param average the average; null to leave the weights in place
 */
record AveragedWeights(WeightAverage average) implements AutoCloseable {
    AveragedWeights {
        if (average != null) {
            average.exchange();
        }
    }

    /** Puts the weights back. */
    @Override
    public void close() {
        if (average != null) {
            average.exchange();
        }
    }
}
