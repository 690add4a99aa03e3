package org.ascend4j.optim;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * The update of an optimiser as part of a recorded step.
 *
 * <p>It computes the bits of {@link Optimizer#step()}, for the parameters that have gradients when it is recorded. All numbers that change from step to step are
 * read on the device: its factors. Before it is recorded, the optimiser must have made a step, which allocates its state.
 *
 * @since 0.1.0
 */
public interface RecordableUpdate {
    /**
     * Returns the factors of each group for a later step, with the groups' current settings.
     *
     * @param steps the number of steps from the next one to that step
     */
    double[][] factors(long steps);

    /**
     * Submits an update without counting it as a step.
     *
     * @param factors the factors of each group, each as one fp32 element on the device
     */
    void record(List<Tensor[]> factors);

    /** Counts a step that a repetition of the recorded update has made. */
    void repeated();
}
