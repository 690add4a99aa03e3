package org.ascend4j.trainer.engine;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Numbers that a recorded step reads on the device and increases there by constants. The host counts along, so that it sets one only where the steps do not follow
 * each other.
 */
final class DeviceCounters implements AutoCloseable {
    private final long[] counted;
    private final long[] increments;
    private final Tensor values;
    private final Tensor added;

    /** Makes counters of value 0. */
    DeviceCounters(Device device, long... increments) {
        this.increments = increments.clone();
        counted = new long[increments.length];
        try (PointerScope scope = new PointerScope()) {
            added = torch.tensor(increments).to(device, ScalarType.Long).retainReference();
            values = torch.zeros_like(added).retainReference();
        }
    }

    /** Sets the counters; one that has its value already costs nothing. */
    void require(long... wanted) {
        for (int i = 0; i < counted.length; i++) {
            if (counted[i] != wanted[i]) {
                try (PointerScope scope = new PointerScope();
                        NoGradGuard noGrad = new NoGradGuard()) {
                    value(i).fill_(new Scalar(wanted[i]));
                }
                counted[i] = wanted[i];
            }
        }
    }

    /** Returns a counter on the device: int64, one element. */
    Tensor value(int index) {
        return values.narrow(0, index, 1);
    }

    /** Increases all counters on the device; to be recorded. */
    void increase() {
        values.add_(added);
    }

    /** Follows a repetition of the recorded {@link #increase}. */
    void increased() {
        for (int i = 0; i < counted.length; i++) {
            counted[i] += increments[i];
        }
    }

    @Override
    public void close() {
        values.close();
        added.close();
    }
}
