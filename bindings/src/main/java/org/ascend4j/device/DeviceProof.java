package org.ascend4j.device;

import org.ascend4j.Ascend4jException;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The first computation on a device, read back: nothing less shows that it works. */
final class DeviceProof {
    private DeviceProof() {}

    /**
     * Computes a sum that is known.
     *
     * @param advice what the error says besides, such as where a log is
     */
    static void require(DeviceSpec spec, Device device, String advice) {
        try (PointerScope scope = new PointerScope();
                Tensor host = torch.full(new long[] {4}, new Scalar(2.5))) {
            Tensor there = host.to(device, ScalarType.Float);
            float sum = there.add(there).sum().cpu().item_float();
            if (sum != 20f) {
                throw new Ascend4jException(
                        "device " + spec + " expects 2.5 + 2.5, four times, to be 20, found " + sum + advice);
            }
        }
    }
}
