package org.ascend4j.nativelib.npu;

/** A mark in a stream, for waiting and for timing on the device. */
public final class NpuEvent implements AutoCloseable {
    private final org.ascend4j.nativelib.jni.NpuEvent event;

    private NpuEvent(boolean timing) {
        NpuDevice.requireRegistered();
        event = new org.ascend4j.nativelib.jni.NpuEvent(timing);
    }

    /** Creates an event to wait for. */
    public static NpuEvent create() {
        return new NpuEvent(false);
    }

    /** Creates an event that also records the time at which it was reached. */
    public static NpuEvent withTiming() {
        return new NpuEvent(true);
    }

    /** Places the mark after all work submitted to the stream so far. */
    public void record(NpuStream stream) {
        event.record(stream.device().index(), stream.id());
    }

    /** Makes all work submitted to the stream from now on wait for the mark. */
    public void block(NpuStream stream) {
        event.block(stream.device().index(), stream.id());
    }

    /** Returns whether the stream has reached the mark. */
    public boolean isDone() {
        return event.done();
    }

    /** Waits until the stream has reached the mark. */
    public void synchronize() {
        event.synchronize();
    }

    /** Waits for both marks and returns the milliseconds on the device from this one to a later one; both events must have timing. */
    public double millisecondsTo(NpuEvent end) {
        return event.elapsed_milliseconds(end.event);
    }

    /**
     * Frees the device's event, without waiting for the mark.
     *
     * @throws RuntimeException if earlier work of the device failed
     */
    @Override
    public void close() {
        if (event.isNull()) {
            return;
        }
        try {
            event.destroy();
        } finally {
            event.close();
        }
    }
}
