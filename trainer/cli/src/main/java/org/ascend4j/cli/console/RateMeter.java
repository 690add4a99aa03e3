package org.ascend4j.cli.console;

import java.util.function.LongSupplier;
import org.ascend4j.trainer.progress.RunOutline;

/** Computes the training speed over the last 10 to 20 seconds, or since the start if that is later, and the remaining time at that speed. */
final class RateMeter {
    private static final long WINDOW_NANOS = 10_000_000_000L;

    private final RunOutline outline;
    private final LongSupplier clock;
    private Mark start;
    private Mark next;
    private long lastStep;
    private double stepsPerSecond;

    private record Mark(long nanos, long step) {}

    RateMeter(RunOutline outline, LongSupplier clock) {
        this.outline = outline;
        this.clock = clock;
        lastStep = outline.firstStep() - 1;
        restart();
    }

    /** Measures from now on: after an evaluation, whose time is not that of training. */
    void restart() {
        start = new Mark(clock.getAsLong(), lastStep);
        next = start;
    }

    void done(long step) {
        long now = clock.getAsLong();
        lastStep = step;
        if (now > start.nanos) {
            stepsPerSecond = (step - start.step) * 1e9 / (now - start.nanos);
        }
        // The window before stays in the rate, which would be that of a single step otherwise.
        if (now - next.nanos > WINDOW_NANOS) {
            start = next;
            next = new Mark(now, step);
        }
    }

    double imagesPerSecond() {
        return stepsPerSecond * outline.batchSize();
    }

    String eta() {
        return stepsPerSecond == 0 ? "?" : Durations.print((outline.lastStep() - lastStep) / stepsPerSecond);
    }
}
