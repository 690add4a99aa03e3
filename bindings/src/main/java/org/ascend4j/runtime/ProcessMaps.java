package org.ascend4j.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The shared libraries that this process has mapped, read from {@code /proc/self/maps}.
 *
 * <p><b>Not public API</b>: the modules of this project share it.
 *
 * @since 0.1.0
 */
public final class ProcessMaps {
    private static final Path MAPS = Path.of("/proc/self/maps");

    private ProcessMaps() {}

    /** Returns the mapped files whose name starts with one of {@code prefixes}; empty if there is no {@code /proc}. */
    public static List<Path> libraries(String... prefixes) {
        if (!Files.isReadable(MAPS)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(MAPS)) {
            return lines.filter(line -> line.indexOf('/') >= 0)
                    .map(line -> Path.of(line.substring(line.indexOf('/'))))
                    .filter(file -> startsWithAny(file.getFileName().toString(), prefixes))
                    .distinct()
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static boolean startsWithAny(String name, String... prefixes) {
        return Stream.of(prefixes).anyMatch(name::startsWith);
    }
}
