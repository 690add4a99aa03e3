package org.ascend4j.trainer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.ascend4j.trainer.train.Warnings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests network storage that is slow or does not support locks. */
class SlowStorageTest {
    private long now;

    @Test
    void slowWritesAreToldOnce() {
        SlowStorage storage = new SlowStorage(() -> now);
        Path file = Path.of("out", "last.ckpt");
        assertThat(warnings(storage, file, 10)).isEmpty();
        assertThat(warnings(storage, file, 42))
                .containsExactly("Writing out/last.ckpt took 42 s, and training waits for it;"
                        + " set --output to faster storage, or write less often.");
        assertThat(warnings(storage, file, 42)).isEmpty();
    }

    private List<String> warnings(SlowStorage storage, Path file, long seconds) {
        return Warnings.during(SlowStorage.class, () -> storage.write(file, () -> now += seconds * 1_000_000_000));
    }

    @Test
    void aFolderThatCannotBeLockedIsUsedAllTheSame(@TempDir Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        // A closed channel cannot be locked, like a file on storage without locks.
        channel.close();
        assertThat(Warnings.during(OutputFolder.class, () -> OutputFolder.lock(folder, channel)))
                .containsExactly("The output folder " + folder
                        + " cannot be locked (the file or connection was closed): let no other run write to it.");
    }
}
