package org.ascend4j.device;

import org.ascend4j.runtime.MemoryUse;

/** A way of getting torch_npu into the process. */
interface NpuStart {
    /** Loads torch_npu and starts its runtime on a device; afterwards torch knows the device type {@code npu}. */
    void start(int device);

    /** Returns memory in bytes held by tensors, its peak, and what the device has. */
    MemoryUse memory(int device);

    /** Releases the devices; nothing may use them afterwards. */
    void finish();
}
