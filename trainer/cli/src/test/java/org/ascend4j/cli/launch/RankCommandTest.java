package org.ascend4j.cli.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.ascend4j.state.AtomicFile;
import org.ascend4j.trainer.checkpoint.CheckpointFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests restarts on storage whose clock differs from the host's. */
class RankCommandTest {
    private static final FileTime PAST = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
    private static final FileTime FUTURE = FileTime.from(Instant.now().plus(Duration.ofHours(1)));

    @TempDir
    private Path folder;

    @Test
    void aCheckpointOfThisRunIsGoneOnFromWhateverTheClockOfItsStorage() throws IOException {
        write("last.ckpt", FUTURE);
        RankCommand command = command();
        write("last.ckpt", PAST);
        assertThat(command.get()).endsWith("train", "--resume", "auto");
    }

    @Test
    void theFirstCheckpointIsGoneOnFrom() throws IOException {
        RankCommand command = command();
        write("previous.ckpt", PAST);
        assertThat(command.get()).endsWith("train", "--resume", "auto");
    }

    @Test
    void aCheckpointOfAnEarlierRunIsNot() throws IOException {
        write("last.ckpt", FUTURE);
        write("previous.ckpt", PAST);
        RankCommand command = command();
        assertThat(command.get()).endsWith("train");
        Files.delete(folder.resolve("last.ckpt"));
        Files.delete(folder.resolve("previous.ckpt"));
        assertThat(command.get()).endsWith("train");
    }

    private RankCommand command() {
        return new RankCommand(RankCommandTest.class, List.of("train"), new CheckpointFolder(folder));
    }

    private void write(String name, FileTime time) throws IOException {
        Path file = folder.resolve(name);
        AtomicFile.write(file, channel -> {});
        Files.setLastModifiedTime(file, time);
    }
}
