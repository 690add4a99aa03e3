package org.ascend4j.amp;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** The device-specific part of loss scaling; none of its methods waits for the device. */
interface LossScaling {
    /**
     * Multiplies gradients by {@code inverseScale} in place.
     *
     * @param foundInf set to 1 if any gradient is infinite or NaN, else unchanged
     */
    void unscale(List<Tensor> gradients, Tensor foundInf, Tensor inverseScale);

    /** Shrinks the scale after an overflow; grows it after enough steps without one. */
    void update(Tensor scale, Tensor growthTracker, Tensor foundInf);

    /** Returns the implementation for the device of {@code example}. torch_npu's own operators are not used, because they wait for the device's result. */
    static LossScaling forDeviceOf(Tensor example, GradScaler.Options options) {
        return example.is_cpu() || example.is_cuda()
                ? new AtenLossScaling(options)
                : new ElementwiseLossScaling(options);
    }
}
