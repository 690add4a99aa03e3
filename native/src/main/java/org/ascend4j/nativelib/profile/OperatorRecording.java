package org.ascend4j.nativelib.profile;

import java.util.List;
import org.ascend4j.nativelib.NativeLibrary;
import org.ascend4j.nativelib.jni.Ascend4jNative;

/** Records every operator that torch runs in this process, forward and backward, on all threads; only one recording can be active at a time. */
public final class OperatorRecording {
    /**
     * An execution of an operator, or a range that was added.
     *
     * @param range whether it was added by {@link #range}
     * @param thread torch's number of the thread
     * @param begin nanoseconds, on the clock of {@link System#nanoTime}
     * @param end nanoseconds
     * @param name the name, such as {@code aten::convolution}
     */
    public record Run(boolean range, long thread, long begin, long end, String name) {
        static Run parse(String line) {
            String[] fields = line.split(" ", 5);
            return new Run(
                    fields[0].equals("R"),
                    Long.parseLong(fields[1]),
                    Long.parseLong(fields[2]),
                    Long.parseLong(fields[3]),
                    fields[4]);
        }
    }

    private OperatorRecording() {}

    /** Starts recording. */
    public static void start() {
        NativeLibrary.load();
        Ascend4jNative.profiler_start();
    }

    /** Adds a range of the calling thread, such as a phase of a step; {@code begin} and {@code end} are values of {@link System#nanoTime}. */
    public static void range(String name, long begin, long end) {
        Ascend4jNative.profiler_range(name, begin, end);
    }

    /** Stops recording and returns the runs in the order of their ends. */
    public static List<Run> stop() {
        return Ascend4jNative.profiler_stop().lines().map(Run::parse).toList();
    }
}
