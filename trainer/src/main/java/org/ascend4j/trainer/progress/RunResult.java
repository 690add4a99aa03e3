package org.ascend4j.trainer.progress;

/**
 * The result of a run.
 *
 * @param steps number of steps that the model was trained for, over all resumes
 * @param epochs number of complete epochs
 * @param bestAccuracy the best test accuracy, 0 to 1; null without evaluation
 * @param bestEpoch the epoch of the best test accuracy; 0 without evaluation
 * @param seconds the duration of the run, over all resumes
 * @param interrupted whether a signal ended it early
 */
public record RunResult(
        long steps, int epochs, Double bestAccuracy, int bestEpoch, double seconds, boolean interrupted) {}
