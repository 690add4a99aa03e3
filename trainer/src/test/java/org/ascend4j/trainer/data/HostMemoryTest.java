package org.ascend4j.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostMemoryTest {
    private static final long GIB = 1L << 30;

    @TempDir
    private Path folder;

    @Test
    void theHostsMemoryDecidesWithoutALimit() throws IOException {
        assertThat(available("max\n")).isEqualTo(8 * GIB);
        assertThat(HostMemory.available(folder.resolve("none"), folder)).isEqualTo(8 * GIB);
    }

    @Test
    void aContainersLimitCountsWithoutTheCacheOfFiles() throws IOException {
        assertThat(available(2 * GIB + "\n")).isEqualTo(GIB + GIB / 2);
        assertThat(available(GIB / 4 + "\n")).isZero();
        assertThat(available(64 * GIB + "\n")).isEqualTo(8 * GIB);
    }

    @Test
    void theTightestGroupAroundTheProcessDecides() throws IOException {
        meminfo();
        Files.createDirectories(folder.resolve("self"));
        Files.writeString(folder.resolve("self/cgroup"), "3:cpu:/elsewhere\n0::/pods/one/box\n");
        limit("pods/one/box", 3 * GIB);
        limit("pods/one", 2 * GIB);
        assertThat(HostMemory.available(folder, folder)).isEqualTo(GIB + GIB / 2);
    }

    @Test
    void limitsOfTheFirstVersionCount() throws IOException {
        meminfo();
        Files.createDirectories(folder.resolve("self"));
        Files.writeString(folder.resolve("self/cgroup"), "4:memory:/box\n0::/\n");
        Path group = Files.createDirectories(folder.resolve("memory/box"));
        Files.writeString(group.resolve("memory.limit_in_bytes"), 2 * GIB + "\n");
        Files.writeString(group.resolve("memory.usage_in_bytes"), GIB + "\n");
        Files.writeString(group.resolve("memory.stat"), "inactive_file 1\ntotal_inactive_file " + GIB / 4 + "\n");
        Files.writeString(folder.resolve("memory/memory.limit_in_bytes"), "9223372036854771712\n");
        assertThat(HostMemory.available(folder, folder)).isEqualTo(GIB + GIB / 4);
        // The host's path is not mounted in a container.
        Files.writeString(folder.resolve("self/cgroup"), "4:memory:/on/the/host\n");
        Files.writeString(folder.resolve("memory/memory.limit_in_bytes"), GIB + "\n");
        assertThat(HostMemory.available(folder, folder)).isEqualTo(GIB);
    }

    /** Returns the available memory with 8 GiB free on the host; the container uses 1 GiB, half of it for cached files. */
    private long available(String limit) throws IOException {
        meminfo();
        limit("", limit);
        return HostMemory.available(folder, folder);
    }

    private void meminfo() throws IOException {
        Files.writeString(folder.resolve("meminfo"), "MemTotal: 9 kB\nMemAvailable:    8388608 kB\n");
    }

    private void limit(String path, Object limit) throws IOException {
        Path group = Files.createDirectories(folder.resolve(path));
        Files.writeString(group.resolve("memory.max"), limit.toString());
        Files.writeString(group.resolve("memory.current"), GIB + "\n");
        Files.writeString(group.resolve("memory.stat"), "anon 5\ninactive_file " + GIB / 2 + "\nactive_file 7\n");
    }
}
