package org.ascend4j.trainer.progress;

/**
 * The result of a run.
 *
 * @param steps number of steps that the model was trained for, over all resumes
 * @param epochs number of complete epochs
 * @param bestAccuracy the best accuracy after an epoch, 0 to 1; null when nothing was evaluated
 * @param bestEpoch the epoch of the best accuracy; 0 when nothing was evaluated
 * @param seconds the duration of the run, over all resumes
 * @param end why it ended
 * @param evaluated what the best accuracy was measured on
 * @param testAccuracy the accuracy of the best epoch's weights on the test images, 0 to 1; null without validation images, and of a run that was interrupted
 * @since 0.1.0
 */
public record RunResult(
        long steps,
        int epochs,
        Double bestAccuracy,
        int bestEpoch,
        double seconds,
        RunEnd end,
        Evaluated evaluated,
        Double testAccuracy) {
    /** Returns whether a signal ended it early. */
    public boolean interrupted() {
        return end == RunEnd.INTERRUPTED;
    }
}
