package org.ascend4j.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ascend4j.Ascend4jException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OffHeapTest {
    @TempDir
    private Path folder;

    @Test
    void whatIsMoreThanMemorysShareLiesInAFileWithoutAName() throws IOException {
        OffHeap memory = new OffHeap(4096, folder);
        ByteBuffer direct = memory.allocate(4096);
        assertThat(mappedFiles()).isZero();
        ByteBuffer first = memory.allocate(4096);
        ByteBuffer second = memory.allocate(8192);
        assertThat(mappedFiles()).isEqualTo(2);
        assertThat(folder).isEmptyDirectory();
        direct.putInt(0, 1);
        first.putInt(4092, 2);
        second.putInt(0, 3);
        assertThat(direct.getInt(0)).isEqualTo(1);
        assertThat(first.getInt(4092)).isEqualTo(2);
        assertThat(second.getInt(0)).isEqualTo(3);
        assertThat(first.getInt(0)).isZero();
    }

    @Test
    void imagesLeaveHalfOfTheMemoryAndAtLeastOneGibibyteForTheTraining() {
        long mebibyte = 1 << 20;
        assertThat(OffHeap.share(930 * mebibyte)).isZero();
        assertThat(OffHeap.share(1536 * mebibyte)).isEqualTo(512 * mebibyte);
        assertThat(OffHeap.share(8192 * mebibyte)).isEqualTo(4096 * mebibyte);
    }

    @Test
    void aFolderThatIsNotThereLeavesTheMemory() throws IOException {
        OffHeap memory = new OffHeap(0, folder.resolve("none"));
        assertThat(memory.allocate(4096).capacity()).isEqualTo(4096);
        assertThat(mappedFiles()).isZero();
    }

    @Test
    void saysWhatIsMissingBeforeAnythingIsAllocated() {
        assertThatThrownBy(() -> new PixelStore(1 << 30).reserve(1 << 30))
                .isInstanceOf(Ascend4jException.class)
                .hasMessageMatching(
                        "1073741824 images of 1073741824 bytes expect 1099511627776 MiB, found [0-9]+ MiB of"
                                + " memory and [0-9]+ MiB of the temporary folder \\S+ free; set --resize to a smaller side,"
                                + " or give the process more memory");
    }

    private long mappedFiles() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/self/maps"))) {
            return lines.filter(line -> line.contains(folder.toString())).count();
        }
    }
}
