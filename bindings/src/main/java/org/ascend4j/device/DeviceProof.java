package org.ascend4j.device;

import org.ascend4j.Ascend4jException;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Checks a device by computing on it and reading the result back; no smaller check shows that the device works. */
final class DeviceProof {
    private DeviceProof() {}

    /**
     * Computes a sum whose value is known and fails if the result differs.
     *
     * @param advice additional text for the error message, such as the location of a log
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
