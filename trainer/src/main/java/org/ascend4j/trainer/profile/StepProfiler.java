package org.ascend4j.trainer.profile;

import java.nio.file.Path;
import java.util.List;
import org.ascend4j.nativelib.profile.OperatorRecording;

/**
 * Records a few steps of a run by phase and operator, after the caches are warm; does nothing without a file.
 *
 * @since 0.1.0
 */
public final class StepProfiler implements AutoCloseable {
    /**
     * A phase of a step on the calling thread, for use in try-with-resources.
     *
     * @since 0.1.0
     */
    public interface Phase extends AutoCloseable {
        @Override
        void close();
    }

    private static final long FIRST_STEP = 6;
    private static final int STEPS = 5;
    private static final Phase NONE = () -> {};

    private final Path file;
    private volatile boolean recording;

    /** Prepares a profile. {@code file} is written after the last recorded step; null disables profiling. */
    public StepProfiler(Path file) {
        this.file = file;
    }

    /** Returns whether a profile was asked for. */
    public boolean isActive() {
        return file != null;
    }

    /** Records that a step begins, counted in this process from 1. */
    public void stepBegins(long step) {
        if (file != null && step == FIRST_STEP) {
            OperatorRecording.start();
            recording = true;
        }
    }

    /** Records that a step has ended. */
    public void stepEnded(long step) {
        if (recording && step == FIRST_STEP + STEPS - 1) {
            finish();
        }
    }

    /** Begins a phase. */
    public Phase phase(String name) {
        if (!recording) {
            return NONE;
        }
        long begin = System.nanoTime();
        return () -> OperatorRecording.range(name, begin, System.nanoTime());
    }

    private void finish() {
        recording = false;
        List<OperatorRecording.Run> runs = OperatorRecording.stop();
        ChromeTrace.write(file, runs);
        System.out.print(new Breakdown(runs, STEPS).table());
        System.out.println("The profile is in " + file + "; ui.perfetto.dev shows it.");
    }

    /** Ends a recording if the run stopped before its last recorded step; no file is written then. */
    @Override
    public void close() {
        if (recording) {
            recording = false;
            OperatorRecording.stop();
        }
    }
}
