package org.ascend4j.nativelib.npu;

import org.ascend4j.nativelib.python.EmbeddedPython;

/**
 * The caching allocator of torch_npu's wheel.
 *
 * <p>Its C++ interface is a class whose layout changes between releases, so these calls use Python: suitable once per epoch, but not in a training step.
 *
 * @param allocated bytes in tensors
 * @param peakAllocated the most bytes in tensors since the start or {@link #resetPeak}
 * @param reserved bytes taken from the device
 * @param peakReserved the most bytes taken from the device since the start or {@link #resetPeak}
 */
public record NpuMemory(long allocated, long peakAllocated, long reserved, long peakReserved) {
    /** Returns the allocator's current figures for a device. */
    public static NpuMemory of(NpuDevice device) {
        String[] bytes = EmbeddedPython.eval("(lambda s: ' '.join(str(s.get(k, 0)) for k in ("
                        + "'allocated_bytes.all.current', 'allocated_bytes.all.peak', "
                        + "'reserved_bytes.all.current', 'reserved_bytes.all.peak')))"
                        + "(__import__('torch').npu.memory_stats(" + device.index() + "))")
                .split(" ");
        return new NpuMemory(
                Long.parseLong(bytes[0]), Long.parseLong(bytes[1]), Long.parseLong(bytes[2]), Long.parseLong(bytes[3]));
    }

    /** Resets the peaks of a device to the current values. */
    public static void resetPeak(NpuDevice device) {
        EmbeddedPython.run("import torch\ntorch.npu.reset_peak_memory_stats(" + device.index() + ")\n");
    }

    /** Returns memory that no tensor uses to the devices. */
    public static void emptyCache() {
        EmbeddedPython.run("import torch\ntorch.npu.empty_cache()\n");
    }

    /** Limits the memory that the allocator may take from a device, as a fraction of its memory between 0 and 1. */
    public static void setFraction(NpuDevice device, double fraction) {
        EmbeddedPython.run(
                "import torch\ntorch.npu.set_per_process_memory_fraction(" + fraction + ", " + device.index() + ")\n");
    }
}
