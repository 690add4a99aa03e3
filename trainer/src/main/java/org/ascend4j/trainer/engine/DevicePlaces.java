package org.ascend4j.trainer.engine;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Consecutive numbers on the device, which a recorded step moves to where a counter stands. */
final class DevicePlaces implements AutoCloseable {
    private final Tensor numbers;

    /** Allocates the numbers from 0 to {@code size} (exclusive). */
    DevicePlaces(Device device, int size) {
        try (PointerScope scope = new PointerScope()) {
            numbers = torch.arange(new Scalar(size)).to(device, ScalarType.Long).retainReference();
        }
    }

    /** Returns {@code size} numbers from {@code first} on, each plus the counter: int64, {@code size}. */
    Tensor after(Tensor counter, int first, int size) {
        return numbers.narrow(0, first, size).add(counter);
    }

    @Override
    public void close() {
        numbers.close();
    }
}
