package org.ascend4j.trainer.progress;

/**
 * How a run ended.
 *
 * @param steps how many steps the model has been trained for, over all resumes
 * @param epochs how many epochs are complete
 * @param bestAccuracy the best test accuracy, 0 to 1; null when nothing was evaluated
 * @param bestEpoch the epoch of the best test accuracy; 0 when nothing was evaluated
 * @param seconds the time of the run, over all resumes
 * @param interrupted whether a signal ended it early
 */
public record RunResult(
        long steps, int epochs, Double bestAccuracy, int bestEpoch, double seconds, boolean interrupted) {}
