package org.ascend4j.nativelib.npu;

import org.ascend4j.nativelib.jni.Ascend4jNative;

/**
 * A queue of work on an NPU: what is submitted to one stream runs in order, streams run side by side.
 *
 * @param device the device it belongs to
 * @param id torch's number of it
 */
public record NpuStream(NpuDevice device, long id) {
    /** Returns the stream that the calling thread submits to. */
    public static NpuStream current(NpuDevice device) {
        return new NpuStream(device, Ascend4jNative.npu_current_stream(device.index()));
    }

    /** Returns the stream that every thread starts with. */
    public static NpuStream defaultOf(NpuDevice device) {
        return new NpuStream(device, Ascend4jNative.npu_default_stream(device.index()));
    }

    /** Returns the next stream of the device's pool, which hands them out in turn. */
    public static NpuStream fromPool(NpuDevice device, boolean highPriority) {
        return new NpuStream(device, Ascend4jNative.npu_pool_stream(device.index(), highPriority));
    }

    /** Makes the calling thread submit to this stream, and returns the one before, to be restored. */
    public NpuStream makeCurrent() {
        return new NpuStream(device, Ascend4jNative.npu_exchange_stream(device.index(), id));
    }

    /** Waits until all that was submitted is done. */
    public void synchronize() {
        Ascend4jNative.npu_synchronize_stream(device.index(), id);
    }
}
