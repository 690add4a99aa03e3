package org.ascend4j.device;

/**
 * The settings with which a device is started.
 *
 * @param torchHome a Python environment's folder, {@code auto}, or null for the value of the environment variable
 * @param npuRuntime how torch_npu is loaded into the process
 * @param npuJit whether NPU operators are compiled for each shape instead of using precompiled binaries
 * @param npuInternalFormat whether NPU tensors may use private formats
 * @param deterministic whether only operators with reproducible results may run
 * @since 0.1.0
 */
public record DeviceConfig(
        String torchHome, NpuRuntime npuRuntime, boolean npuJit, boolean npuInternalFormat, boolean deterministic) {
    /**
     * How torch_npu is loaded into the process.
     *
     * @since 0.1.0
     */
    public enum NpuRuntime {
        /** The pip wheel, in an embedded Python. */
        WHEEL,
        /** The Python-free library that build_libtorch_npu.py makes. */
        LIBTORCH_NPU,
        /** The wheel if the torch home has one, else the Python-free library. */
        AUTO
    }

    /** The settings that suit most uses. */
    public static final DeviceConfig DEFAULT = new DeviceConfig(null, NpuRuntime.AUTO, false, false, false);

    /** Returns this configuration with another torch home. */
    public DeviceConfig withTorchHome(String value) {
        return new DeviceConfig(value, npuRuntime, npuJit, npuInternalFormat, deterministic);
    }
}
