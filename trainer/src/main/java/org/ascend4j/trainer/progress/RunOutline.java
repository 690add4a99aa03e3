package org.ascend4j.trainer.progress;

/**
 * The outline of a run.
 *
 * @param model the model's type
 * @param replicas number of copies of the model that share each batch
 * @param epochs number of epochs
 * @param stepsPerEpoch number of steps per epoch
 * @param lastStep the run's last step
 * @param batchSize images per step
 * @param firstStep the number of the first step of this process; above 1 after a resume
 * @param scheduled number of steps of this size that lead to the first one; it differs from the number of steps done if those had another size
 * @param evaluated which images are evaluated after epochs
 * @since 0.1.0
 */
public record RunOutline(
        String model,
        int replicas,
        int epochs,
        int stepsPerEpoch,
        long lastStep,
        int batchSize,
        long firstStep,
        long scheduled,
        Evaluated evaluated) {
    /** Returns the index of a step in its epoch, from 1. */
    public long iteration(long step) {
        return (scheduled + step - firstStep) % stepsPerEpoch + 1;
    }
}
