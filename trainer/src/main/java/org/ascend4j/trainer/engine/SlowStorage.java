package org.ascend4j.trainer.engine;

import java.nio.file.Path;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs one warning if writing takes long, as on network storage, because the training waits for it. */
final class SlowStorage {
    private static final Logger LOG = LoggerFactory.getLogger(SlowStorage.class);
    private static final double PATIENCE = 10;

    private final LongSupplier clock;
    private boolean told;

    /** Measures with a clock that returns nanoseconds. */
    SlowStorage(LongSupplier clock) {
        this.clock = clock;
    }

    /** Runs {@code action}, which writes a file, and measures it. */
    void write(Path file, Runnable action) {
        long start = clock.getAsLong();
        action.run();
        double seconds = (clock.getAsLong() - start) / 1e9;
        if (seconds > PATIENCE && !told) {
            told = true;
            LOG.warn(
                    "Writing {} took {} s, and training waits for it; set --output to faster storage, or write less often.",
                    file,
                    String.format(Locale.ROOT, "%.0f", seconds));
        }
    }
}
