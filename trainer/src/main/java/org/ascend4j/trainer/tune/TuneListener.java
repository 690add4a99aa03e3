package org.ascend4j.trainer.tune;

/**
 * Receives the progress of a search.
 *
 * @since 0.1.0
 */
public interface TuneListener {
    /** Called once, before the first trial of this call. */
    default void planned(TunePlan plan) {}

    /** Called when a trial has finished a rung. */
    default void trialDone(TunePlan plan, TrialResult result) {}
}
