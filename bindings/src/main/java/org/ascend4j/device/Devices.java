package org.ascend4j.device;

import org.ascend4j.Ascend4jException;

/** Opens devices. */
public final class Devices {
    private Devices() {}

    /** Starts the device, or says in one sentence what is missing. */
    public static DeviceBackend open(DeviceSpec spec) {
        return switch (spec.kind()) {
            case CPU -> new CpuBackend();
            case CUDA ->
                throw new Ascend4jException("device " + spec
                        + " expects a CUDA build of libtorch, found the presets' CPU build; set --device cpu");
            case NPU ->
                throw new Ascend4jException("device " + spec
                        + " expects a Python environment with torch 2.7.1 and torch_npu, found no support for it in this build;"
                        + " set --device cpu");
        };
    }
}
