package org.ascend4j.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ascend4j.Ascend4jException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostMemoryTest {
    private static final long GIB = 1L << 30;

    @TempDir
    private Path folder;

    @Test
    void theHostsMemoryDecidesWithoutALimit() throws IOException {
        assertThat(available("max\n")).isEqualTo(8 * GIB);
        assertThat(HostMemory.available(folder.resolve("none"), folder.resolve("meminfo")))
                .isEqualTo(8 * GIB);
    }

    @Test
    void aContainersLimitCountsWithoutTheCacheOfFiles() throws IOException {
        assertThat(available(2 * GIB + "\n")).isEqualTo(GIB + GIB / 2);
        assertThat(available(GIB / 4 + "\n")).isZero();
        assertThat(available(64 * GIB + "\n")).isEqualTo(8 * GIB);
    }

    @Test
    void saysWhatIsMissingBeforeAnythingIsAllocated() {
        assertThatThrownBy(() -> new PixelStore(1 << 30).reserve(1 << 30))
                .isInstanceOf(Ascend4jException.class)
                .hasMessageMatching("1073741824 images of 1073741824 bytes expect 1099511627776 MiB of memory, found "
                        + "[0-9]+ MiB free; set --resize to a smaller side, or give the process more memory");
    }

    /** 8 GiB free on the host; the container uses 1 GiB, half of it cached files. */
    private long available(String limit) throws IOException {
        Path meminfo = Files.writeString(folder.resolve("meminfo"), "MemTotal: 9 kB\nMemAvailable:    8388608 kB\n");
        Files.writeString(folder.resolve("memory.max"), limit);
        Files.writeString(folder.resolve("memory.current"), GIB + "\n");
        Files.writeString(folder.resolve("memory.stat"), "anon 5\ninactive_file " + GIB / 2 + "\nactive_file 7\n");
        return HostMemory.available(folder, meminfo);
    }
}
