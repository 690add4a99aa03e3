/**
 * Listeners and the data that a run passes to them.
 *
 * <!-- java: Training training -->
 * <pre>{@code
 * training.listener(new TrainingListener() {
 *     public void epochDone(EpochMetrics epoch) {
 *         System.out.println(epoch.epoch() + " " + epoch.trainLoss());
 *     }
 * });
 * }</pre>
 */
package org.ascend4j.trainer.progress;
