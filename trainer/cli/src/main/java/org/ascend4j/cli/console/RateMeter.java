package org.ascend4j.cli.console;

import java.util.function.LongSupplier;
import org.ascend4j.trainer.progress.RunOutline;

/** Computes the training speed over the last seconds, and the remaining time at that speed. */
final class RateMeter {
    private static final long WINDOW_NANOS = 10_000_000_000L;

    private final RunOutline outline;
    private final LongSupplier clock;
    private long windowStart;
    private long windowStep;
    private long lastStep;
    private double stepsPerSecond;

    RateMeter(RunOutline outline, LongSupplier clock) {
        this.outline = outline;
        this.clock = clock;
        windowStart = clock.getAsLong();
        windowStep = outline.firstStep() - 1;
        lastStep = windowStep;
    }

    void done(long step) {
        lastStep = step;
        long elapsed = clock.getAsLong() - windowStart;
        if (elapsed > 0) {
            stepsPerSecond = (step - windowStep) * 1e9 / elapsed;
        }
        if (elapsed > WINDOW_NANOS) {
            windowStart += elapsed;
            windowStep = step;
        }
    }

    double imagesPerSecond() {
        return stepsPerSecond * outline.batchSize();
    }

    String eta() {
        return stepsPerSecond == 0 ? "?" : Durations.print((outline.lastStep() - lastStep) / stepsPerSecond);
    }
}
