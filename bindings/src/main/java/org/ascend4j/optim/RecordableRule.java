package org.ascend4j.optim;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** One method of computing a recorded step. */
interface RecordableRule {
    /** Returns the numbers that change from step to step. {@code step} is the number of the group's previous updates. */
    double[] factors(ParameterGroup group, long step);

    /**
     * Updates the slices of a group.
     *
     * @param factors the factors as fp32 tensors of one element
     * @param guard cancels the update if the gradients were not finite; null without loss scaling
     */
    void apply(ParameterGroup group, Tensor[] factors, List<Slice> slices, SkipGuard guard);
}
