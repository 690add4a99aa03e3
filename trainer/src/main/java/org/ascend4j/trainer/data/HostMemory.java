package org.ascend4j.trainer.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ascend4j.Ascend4jException;

/**
 * The memory that this process may still take: the host's, or less in a container.
 *
 * @see <a href="https://docs.kernel.org/admin-guide/cgroup-v2.html#memory-interface-files">the control group's files</a>
 */
final class HostMemory {
    private static final long KIB = 1024;
    private static final Path CGROUP = Path.of("/sys/fs/cgroup");
    private static final Path MEMINFO = Path.of("/proc/meminfo");

    private HostMemory() {}

    /**
     * Refuses what does not fit.
     *
     * @param what is to be held, such as {@code 50000 images of 3x32x32}
     */
    static void require(String what, long bytes) {
        long available = available(CGROUP, MEMINFO);
        if (bytes > available) {
            throw new Ascend4jException(what + " expect " + mebibytes(bytes) + " of memory, found "
                    + mebibytes(available) + " free; set --resize to a smaller side, or give the process more memory");
        }
    }

    /** Returns the free bytes, as far as {@code cgroup} and {@code meminfo} tell. */
    static long available(Path cgroup, Path meminfo) {
        long free = number(meminfo, "MemAvailable: +([0-9]+) kB", Long.MAX_VALUE / KIB) * KIB;
        long limit = number(cgroup.resolve("memory.max"), "^([0-9]+)", Long.MAX_VALUE);
        if (limit == Long.MAX_VALUE) {
            return free;
        }
        // Cached files give way.
        long used = number(cgroup.resolve("memory.current"), "^([0-9]+)", 0)
                - number(cgroup.resolve("memory.stat"), "inactive_file ([0-9]+)", 0);
        return Math.min(free, Math.max(0, limit - used));
    }

    private static long number(Path file, String pattern, long otherwise) {
        try {
            Matcher match = Pattern.compile(pattern).matcher(Files.readString(file));
            return match.find() ? Long.parseLong(match.group(1)) : otherwise;
        } catch (IOException | NumberFormatException e) {
            // Other systems than Linux, and other versions of control groups.
            return otherwise;
        }
    }

    private static String mebibytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }
}
