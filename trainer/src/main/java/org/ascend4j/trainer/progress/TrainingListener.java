package org.ascend4j.trainer.progress;

import java.util.List;

/**
 * Receives the progress of a run, on the training thread.
 *
 * @since 0.1.0
 */
public interface TrainingListener {
    /** Called once, after the setup and before the first step. */
    default void started(RunOutline outline) {}

    /** Called when the metrics of at least one step have arrived from the device. */
    default void stepsDone(List<StepMetrics> steps) {}

    /** Called when the validation images (without them: the test images) have been evaluated, before {@link #epochDone}. */
    default void evaluated(int epoch, Evaluation evaluation) {}

    /** Called after an epoch and its evaluation. */
    default void epochDone(EpochMetrics epoch) {}

    /** Called in the end of a run with validation images, when the test images have been evaluated with the weights of the best epoch. */
    default void tested(int epoch, Evaluation evaluation) {}

    /** Called once at the end of the run, also if it was interrupted. */
    default void finished(RunResult result) {}
}
