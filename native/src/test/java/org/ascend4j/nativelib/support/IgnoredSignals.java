package org.ascend4j.nativelib.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The signals that this process ignores, which its children inherit; empty if there is no /proc. */
final class IgnoredSignals {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String MASK = "SigIgn:";

    private IgnoredSignals() {}

    /** Returns whether a signal with this number is ignored. */
    static boolean contains(int signal) {
        if (!Files.exists(STATUS)) {
            return false;
        }
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(MASK))
                    .mapToLong(line ->
                            Long.parseUnsignedLong(line.substring(MASK.length()).strip(), 16))
                    .anyMatch(mask -> (mask >> (signal - 1) & 1) == 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
