package org.ascend4j.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ascend4j.Ascend4jException;
import org.ascend4j.nativelib.support.fuzz.ByteMutator;
import org.ascend4j.nativelib.support.fuzz.Fuzz;
import org.ascend4j.nativelib.support.fuzz.FuzzReport;
import org.ascend4j.state.DamagedCheckpointException;
import org.ascend4j.state.StateDict;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests checkpoints with a valid digest whose text is not the state of a run. */
class UnusableCheckpointTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private Path last;
    private byte[] sound;

    @BeforeEach
    void write() throws IOException {
        last = folder.resolve("last.ckpt");
        CheckpointBytes.write(folder.resolve("previous.ckpt"), 2);
        CheckpointBytes.write(last, 3);
        sound = Files.readAllBytes(last);
    }

    private static void read(Path file) {
        try (PointerScope scope = new PointerScope()) {
            Checkpoint.read(file);
        }
    }

    private Path newest() {
        return new CheckpointFolder(folder).newestWhole();
    }

    /** Checks the bytes that the other tests use: the same text gives the same file. */
    @Test
    void theSameTextIsRead() throws IOException {
        assertThat(CheckpointBytes.withDigest(sound)).isEqualTo(sound);
        CheckpointBytes.rewrite(last, CheckpointBytes.text(sound));
        read(last);
        assertThat(newest()).isEqualTo(last);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "null | its format is missing",
                "{} | its format is missing",
                "[] | its format is missing",
                "no JSON | its metadata are not JSON",
                "{\"format\":1} | it has no position",
                "{\"format\":1,\"run\":null,\"position\":{}} | its recipe is missing or incomplete",
                "{\"format\":1,\"run\":{},\"position\":{}} | its recipe is missing or incomplete",
                "{\"format\":1,\"run\":7,\"position\":{}} | it has no sound run",
                "{\"format\":1,\"surprise\":7} | it has no sound surprise",
            })
    void otherTextsAreRefusedAndTheOneBeforeIsTaken(String text, String problem) throws IOException {
        assertRefused(text, problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/position | step | 9223372036854775807 | its position has more steps than its epochs can have",
                "/position | step | -1 | its position has a negative number",
                "/position | step | 1e300 | it has no sound position.step",
                "/position | step | \"x\" | it has no sound position.step",
                "/position | images | -8 | its position has a negative number",
                "/position | epoch | 0 | its position has a negative number",
                "/position | seconds | \"NaN\" | its position has a value that is no number",
                "/run | recipe | null | its recipe is missing or incomplete",
                "/run | class_names | null | its description of the data is missing or incomplete",
                "/run | train_images | -1 | its description of the data is missing or incomplete",
                "/run/recipe | model | null | model expects a value, found nothing",
                "/run/recipe | epochs | 0 | epochs expects",
                "/run/recipe | epochs | [] | it has no sound run.recipe.epochs",
            })
    void otherValuesAreRefusedAndTheOneBeforeIsTaken(String parent, String field, String value, String problem)
            throws IOException {
        ObjectNode text = (ObjectNode) JSON.readTree(CheckpointBytes.text(sound));
        ((ObjectNode) text.at(parent)).set(field, JSON.readTree(value));
        assertRefused(text.toString(), problem);
    }

    private void assertRefused(String text, String problem) throws IOException {
        CheckpointBytes.rewrite(last, text);
        assertThatThrownBy(() -> read(last))
                .isInstanceOf(DamagedCheckpointException.class)
                .hasMessageStartingWith("checkpoint " + last + " cannot be used: " + problem);
        assertThat(newest()).isEqualTo(folder.resolve("previous.ckpt"));
    }

    @Test
    void aMissingTextIsRefused() throws IOException {
        CheckpointBytes.rewrite(last, null);
        assertThatThrownBy(() -> read(last))
                .isInstanceOf(DamagedCheckpointException.class)
                .hasMessage(last + " is not a checkpoint of Ascend4J: its description of the run is missing");
        assertThat(newest()).isEqualTo(folder.resolve("previous.ckpt"));
    }

    /** A later format version may change the meaning of every other field. */
    @Test
    void anotherFormatIsToldBeforeAnythingElse() throws IOException {
        CheckpointBytes.rewrite(last, "{\"format\":2,\"run\":\"in another way\"}");
        assertThatThrownBy(() -> read(last))
                .isInstanceOf(Ascend4jException.class)
                .isNotInstanceOf(DamagedCheckpointException.class)
                .hasMessage("checkpoint " + last + " expects format 1, found 2: it is of another version of Ascend4J");
        assertThatThrownBy(this::newest).hasMessageContaining("expects format 1, found 2");
    }

    @Test
    void aModelWithAValueThatIsNoNumberLeavesTheOldFile() {
        try (PointerScope scope = new PointerScope()) {
            Checkpoint whole = Checkpoint.read(last);
            StateDict model =
                    new StateDict().put("bn.running_mean", torch.full(new long[] {2}, new Scalar(Double.NaN)));
            Checkpoint broken = new Checkpoint(whole.run(), whole.position(), model, whole.optimizer(), whole.random());
            assertThatThrownBy(() -> broken.write(last, folder.resolve("previous.ckpt")))
                    .isInstanceOf(Ascend4jException.class)
                    .hasMessageStartingWith("the model is not saved, because bn.running_mean holds a value that is no");
        }
        assertThat(last).hasBinaryContent(sound);
    }

    @Test
    void fuzz() throws IOException {
        byte[] text = CheckpointBytes.text(sound).getBytes();
        ByteMutator mutator = new ByteMutator(List.of(text, sound));
        FuzzReport report = Fuzz.ofFiles("checkpoint", folder.resolve("f.ckpt"), UnusableCheckpointTest::read)
                .from(random -> CheckpointBytes.withDigest(mutator.mutate(sound, random)))
                .from(random -> {
                    try {
                        return CheckpointBytes.withText(sound, new String(mutator.mutate(text, random)));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .run();
        assertThat(report.refused()).isGreaterThan(report.inputs() / 10);
        assertThat(report.accepted()).isGreaterThan(report.inputs() / 100);
    }
}
