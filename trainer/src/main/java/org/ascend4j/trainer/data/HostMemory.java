package org.ascend4j.trainer.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The memory that is available to this process: the host's free memory, or less if its control group or a parent group
 * has a limit, as in a container.
 *
 * @see <a href="https://docs.kernel.org/admin-guide/cgroup-v2.html#memory-interface-files">the files of control groups, version 2</a>
 * @see <a href="https://docs.kernel.org/admin-guide/cgroup-v1/memory.html">version 1</a>
 */
final class HostMemory {
    private static final long KIB = 1024;
    private static final Path GROUPS = Path.of("/sys/fs/cgroup");
    private static final Path PROC = Path.of("/proc");

    /** The files of a control group version, and the pattern that finds the process's group in {@code /proc/self/cgroup}. */
    private record Version(String folder, String group, String limit, String usage, String cached) {}

    private static final List<Version> VERSIONS = List.of(
            new Version("", "0::/(.*)", "memory.max", "memory.current", "inactive_file"),
            new Version(
                    "memory",
                    "[0-9]+:(?:.*,)?memory(?:,.*)?:/(.*)",
                    "memory.limit_in_bytes",
                    "memory.usage_in_bytes",
                    "total_inactive_file"));

    private HostMemory() {}

    /** Returns the available bytes. */
    static long available() {
        return available(GROUPS, PROC);
    }

    /** Returns the available bytes according to the files below {@code groups} and {@code proc}. */
    static long available(Path groups, Path proc) {
        long free = number(proc.resolve("meminfo"), "MemAvailable: +([0-9]+) kB", Long.MAX_VALUE / KIB) * KIB;
        String own = text(proc.resolve("self/cgroup"));
        for (Version version : VERSIONS) {
            Matcher line = Pattern.compile("^" + version.group() + "$", Pattern.MULTILINE)
                    .matcher(own);
            Path root = groups.resolve(version.folder());
            // In a container the path may be the host's; only its root is mounted then.
            for (Path group = line.find() ? root.resolve(line.group(1)) : root;
                    group != null && group.startsWith(root);
                    group = group.getParent()) {
                free = Math.min(free, free(group, version));
            }
        }
        return free;
    }

    private static long free(Path group, Version version) {
        long limit = number(group.resolve(version.limit()), "^([0-9]+)", Long.MAX_VALUE);
        // The kernel frees cached files on demand.
        long used = number(group.resolve(version.usage()), "^([0-9]+)", 0)
                - number(group.resolve("memory.stat"), "(?m)^" + version.cached() + " ([0-9]+)", 0);
        return limit == Long.MAX_VALUE ? limit : Math.max(0, limit - used);
    }

    private static long number(Path file, String pattern, long otherwise) {
        try {
            Matcher match = Pattern.compile(pattern).matcher(text(file));
            return match.find() ? Long.parseLong(match.group(1)) : otherwise;
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            // The file is missing on other systems than Linux and in other versions of control groups.
            return "";
        }
    }
}
