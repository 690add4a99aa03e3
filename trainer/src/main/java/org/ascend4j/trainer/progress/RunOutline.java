package org.ascend4j.trainer.progress;

/**
 * The shape of a run.
 *
 * @param model the model's type
 * @param replicas how many copies of the model share each batch
 * @param epochs how many epochs it has
 * @param stepsPerEpoch how many steps an epoch has
 * @param lastStep the number of the run's last step
 * @param batchSize images per step
 * @param firstStep the number of the first step of this process; above 1 after a resume
 * @param scheduled how many steps of this size lead to the first one: fewer or more than were done, if those were of another size
 */
public record RunOutline(
        String model,
        int replicas,
        int epochs,
        int stepsPerEpoch,
        long lastStep,
        int batchSize,
        long firstStep,
        long scheduled) {
    /** Returns which step of its epoch a step is, from 1. */
    public long iteration(long step) {
        return (scheduled + step - firstStep) % stepsPerEpoch + 1;
    }
}
