/**
 * The training loop, the replicas of a model, the results of steps, and the output folder of a run.
 *
 * <p><b>Not public API</b>: it may change in any release.
 * Runs are started by {@link org.ascend4j.trainer.train.Training}.
 */
package org.ascend4j.trainer.engine;
