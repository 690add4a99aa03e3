package org.ascend4j.trainer.engine;

import org.ascend4j.trainer.input.EpochPlan;
import org.ascend4j.trainer.progress.TensorObserver;

/** How the weights are updated once. */
interface TrainingStep extends AutoCloseable {
    /**
     * The images of a step.
     *
     * @param number the number of the update, from 1
     * @param start where they begin in this rank's share of the epoch
     * @param images the number of them
     * @param scheduled the number of steps before it, for the schedule
     * @param observer receives weights and gradients before the update; may be null
     */
    record Span(long number, int start, int images, long scheduled, TensorObserver observer) {}

    /** Begins an epoch, or the rest of one, with this rank's plan. */
    void begin(EpochPlan plan);

    /** Updates the weights. The schedule has been set for the step. */
    void run(Span span);

    @Override
    void close();
}
