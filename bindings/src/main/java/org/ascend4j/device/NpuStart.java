package org.ascend4j.device;

import java.util.Optional;
import org.ascend4j.nativelib.npu.NpuDevice;
import org.ascend4j.runtime.MemoryUse;

/** A method of loading torch_npu into the process. */
interface NpuStart {
    /** Loads torch_npu and starts its runtime on a device; afterwards torch recognises the device type {@code npu}. */
    void start(int device);

    /** Returns the memory held by tensors, its peak, and the device's total, in bytes. */
    MemoryUse memory(int device);

    /** Returns why a device started like this cannot record work as a graph; empty if it can. */
    Optional<String> captureObstacle(NpuDevice device);

    /** Releases all devices; none can be used or started afterwards. */
    void finish();
}
