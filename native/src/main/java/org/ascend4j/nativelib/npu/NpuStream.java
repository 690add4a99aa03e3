package org.ascend4j.nativelib.npu;

import org.ascend4j.nativelib.jni.Ascend4jNative;
import org.ascend4j.nativelib.python.EmbeddedPython;

/**
 * A queue of work on an NPU: the work of one stream runs in order, different streams run in parallel.
 *
 * @param device the device it belongs to
 * @param id torch's number of the stream
 */
public record NpuStream(NpuDevice device, long id) {
    /** Returns the stream to which the calling thread submits work. */
    public static NpuStream current(NpuDevice device) {
        return new NpuStream(device, Ascend4jNative.npu_current_stream(device.index()));
    }

    /** Returns the default stream, with which every thread starts. */
    public static NpuStream defaultOf(NpuDevice device) {
        return new NpuStream(device, Ascend4jNative.npu_default_stream(device.index()));
    }

    /** Returns the next stream of the device's pool, which is used in rotation. */
    public static NpuStream fromPool(NpuDevice device, boolean highPriority) {
        return new NpuStream(device, Ascend4jNative.npu_pool_stream(device.index(), highPriority));
    }

    /**
     * Returns a stream whose operators the calling thread launches itself, without torch_npu's task queue: an operator that cannot be launched fails where it
     * is called. A failure inside the queue would end the process's work with the device. Needs torch_npu's wheel.
     */
    public static NpuStream withoutQueue(NpuDevice device) {
        String id = EmbeddedPython.eval("__import__('torch').npu.SyncLaunchStream(" + device.index() + ").stream_id");
        return new NpuStream(device, Long.parseLong(id));
    }

    /** Makes this the stream to which the calling thread submits work; returns the previous one, to be restored later. */
    public NpuStream makeCurrent() {
        return new NpuStream(device, Ascend4jNative.npu_exchange_stream(device.index(), id));
    }

    /** Waits until all submitted work has finished. */
    public void synchronize() {
        Ascend4jNative.npu_synchronize_stream(device.index(), id);
    }
}
