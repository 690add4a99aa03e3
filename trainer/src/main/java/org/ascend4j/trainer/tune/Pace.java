package org.ascend4j.trainer.tune;

/**
 * How long parts of a trial take, in seconds.
 *
 * @param step a training step
 * @param evaluation the evaluation of all validation images
 * @param run the start and the end of a run
 */
record Pace(double step, double evaluation, double run) {}
