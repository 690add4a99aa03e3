package org.ascend4j.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.ascend4j.Ascend4jException;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.trainer.checkpoint.CheckpointFolder;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests checkpoints damaged by a full disk or a power cut: a run resumes from the newest intact checkpoint and logs this. */
@Tag("slow")
class DamagedCheckpointTest {
    /** Wide enough that the first epoch stays the best one. */
    private static final String WIDTH = "model.width=1";

    @AutoClose
    private static final DeviceBackend CPU = TinyRun.cpu();

    @TempDir
    private Path folder;

    private Path last;
    private Path previous;
    private RunSettings settings;

    /** Runs five of six steps, with checkpoints at step 2, at the end of the epoch (3), at step 4 and at the end. */
    @BeforeEach
    void train() {
        Path run = folder.resolve("run");
        last = run.resolve("last.ckpt");
        previous = run.resolve("previous.ckpt");
        settings = TinyRun.settings(CPU, run, WIDTH).withCheckpointEvery(2);
        TinyRun.training(CPU, settings.withMaxSteps(5)).run();
    }

    @Test
    void aWholeLastCheckpointIsTakenWithoutAWord() {
        List<Path> found = new ArrayList<>();
        assertThat(Warnings.during(CheckpointFolder.class, () -> found.add(newest())))
                .isEmpty();
        assertThat(found).containsExactly(last);
    }

    @Test
    void theOneBeforeATruncatedOneLeadsToTheSameBits() throws IOException {
        damage(last, bytes -> Arrays.copyOf(bytes, bytes.length / 2));
        List<Path> found = new ArrayList<>();
        List<String> warnings = Warnings.during(CheckpointFolder.class, () -> found.add(newest()));
        assertThat(found).containsExactly(previous);
        assertThat(warnings)
                .singleElement()
                .asString()
                .matches(".*last.ckpt is damaged: expected SHA-256 [0-9a-f]{64}, found"
                        + " [0-9a-f]{64}\\. Resuming from .*previous.ckpt, step 4\\.");
        byte[] whole = Files.readAllBytes(previous);
        TinyRun.training(CPU, settings.withMaxSteps(5)).resumeFrom(previous).run();
        // The damaged file did not replace the intact one.
        assertThat(previous).hasBinaryContent(whole);
        assertThat(newest()).isEqualTo(last);
        TinyRun.training(CPU, settings).resumeFrom(last).run();
        RunSettings uninterrupted =
                TinyRun.settings(CPU, folder.resolve("whole"), WIDTH).withCheckpointEvery(2);
        TinyRun.training(CPU, uninterrupted).run();
        TinyRun.assertSame(folder.resolve("run"), folder.resolve("whole"));
    }

    @Test
    void theBestOneIsTakenWhenItIsTheNewestWholeOne() throws IOException {
        damage(last, bytes -> new byte[bytes.length]);
        damage(previous, bytes -> new byte[0]);
        List<Path> found = new ArrayList<>();
        List<String> warnings = Warnings.during(CheckpointFolder.class, () -> found.add(newest()));
        assertThat(found).containsExactly(folder.resolve("run/best.ckpt"));
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains(
                        last + " is not a checkpoint of Ascend4J: expected its digest at byte ",
                        previous + " is not a whole checkpoint: expected at least ",
                        "bytes, found 0. Resuming from " + folder.resolve("run/best.ckpt") + ", step 3.");
    }

    @Test
    void aCrashBetweenTwoRenamesLosesNothing() throws IOException {
        Files.delete(previous);
        Files.move(last, previous);
        List<Path> found = new ArrayList<>();
        assertThat(Warnings.during(CheckpointFolder.class, () -> found.add(newest())))
                .containsExactly(last + " is missing. Resuming from " + previous + ", step 5.");
        assertThat(found).containsExactly(previous);
    }

    @Test
    void withoutAnyWholeOneNothingStartsAfresh() throws IOException {
        damage(last, bytes -> {
            bytes[bytes.length - 1] ^= 1;
            return bytes;
        });
        Files.delete(previous);
        Files.delete(folder.resolve("run/best.ckpt"));
        assertThatThrownBy(this::newest)
                .isInstanceOf(Ascend4jException.class)
                .hasMessageStartingWith(last + " is damaged: expected SHA-256 ")
                .hasMessageEndingWith("; found no whole checkpoint beside it: --resume none starts afresh");
        assertThatThrownBy(
                        () -> TinyRun.training(CPU, settings).resumeFrom(last).run())
                .hasMessageStartingWith(last + " is damaged: expected SHA-256 ");
        Files.delete(last);
        assertThat(newest()).isNull();
    }

    private Path newest() {
        return new CheckpointFolder(folder.resolve("run")).newestWhole();
    }

    private static void damage(Path file, UnaryOperator<byte[]> how) throws IOException {
        Files.write(file, how.apply(Files.readAllBytes(file)));
    }
}
