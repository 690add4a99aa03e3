package org.ascend4j.trainer.input;

import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Copies Java arrays to a device. The presets' {@code Tensor.create} leaks its options and does not take a device.
 *
 * <p>The results and all temporary objects belong to the open PointerScope.
 */
final class Uploads {
    private Uploads() {}

    /** Returns an int64 tensor of the given shape. */
    static Tensor upload(long[] values, Device device, long... shape) {
        Tensor host = torch.empty(shape, new TensorOptions(ScalarType.Long), new MemoryFormatOptional());
        host.data_ptr_long().put(values);
        return host.to(device, ScalarType.Long);
    }

    /** Returns a uint8 tensor of the given shape. */
    static Tensor upload(byte[] values, Device device, long... shape) {
        Tensor host = torch.empty(shape, new TensorOptions(ScalarType.Byte), new MemoryFormatOptional());
        host.data_ptr_byte().put(values);
        return host.to(device, ScalarType.Byte);
    }

    /** Returns a float32 tensor of the given shape. */
    static Tensor upload(float[] values, Device device, long... shape) {
        Tensor host = torch.empty(shape, new TensorOptions(ScalarType.Float), new MemoryFormatOptional());
        if (values.length > 0) {
            host.data_ptr_float().put(values);
        }
        return host.to(device, ScalarType.Float);
    }
}
