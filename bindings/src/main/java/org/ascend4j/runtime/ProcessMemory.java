package org.ascend4j.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The resident set of this process, from {@code /proc/self/status} and {@code /proc/meminfo}.
 *
 * @since 0.1.0
 */
public final class ProcessMemory {
    private ProcessMemory() {}

    /** Returns the resident set, its peak and the machine's memory in bytes; empty if there is no {@code /proc}. */
    public static Optional<MemoryUse> current() {
        try {
            String status = Files.readString(Path.of("/proc/self/status"));
            String machine = Files.readString(Path.of("/proc/meminfo"));
            return Optional.of(
                    new MemoryUse(bytes(status, "VmRSS:"), bytes(status, "VmHWM:"), bytes(machine, "MemTotal:")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static long bytes(String text, String key) throws IOException {
        return text.lines()
                .filter(line -> line.startsWith(key))
                .findFirst()
                .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                .orElseThrow(() -> new IOException(key + " is missing"));
    }
}
