package org.ascend4j.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.ascend4j.Ascend4jException;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFileTest {
    private static final String JSON = "{\"epoch\":3,\"note\":\"\\\"quoted\\\" \u00e9\"}";

    @TempDir
    private Path folder;

    private PointerScope scope;
    private Path file;
    private Map<String, Tensor> tensors;

    @BeforeEach
    void write() {
        scope = new PointerScope();
        file = folder.resolve("last.ckpt");
        tensors = new LinkedHashMap<>();
        tensors.put("odd", torch.arange(new Scalar(7.0)).to(ScalarType.Byte));
        tensors.put("transposed", torch.rand(3, 5).t());
        tensors.put("scalar", torch.rand(1).squeeze());
        tensors.put("steps", torch.arange(new Scalar(4.0)).to(ScalarType.Long));
        CheckpointFile.write(file, tensors, JSON, null);
    }

    @AfterEach
    void close() {
        scope.close();
    }

    @Test
    void givesBackTheSameBits() {
        CheckpointFile.Checkpoint checkpoint = CheckpointFile.read(file);
        assertThat(checkpoint.json()).isEqualTo(JSON);
        assertThat(checkpoint.tensors().entries().keySet()).containsExactlyElementsOf(tensors.keySet());
        tensors.forEach((name, tensor) -> {
            Tensor found = checkpoint.tensors().get(name);
            assertThat(found.scalar_type().intern())
                    .isEqualTo(tensor.scalar_type().intern());
            assertThat(found.equal(tensor)).as(name).isTrue();
        });
    }

    @Test
    void leavesNothingButTheFile() throws IOException {
        CheckpointFile.write(file, tensors, JSON, null);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void keepsTheOldFileWhenWritingFails() throws IOException {
        byte[] before = Files.readAllBytes(file);
        assertThatThrownBy(() -> AtomicFile.write(file, channel -> {
                    channel.write(ByteBuffer.allocate(10));
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(Ascend4jException.class)
                .hasMessageContaining("No space left on device");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        leavesNothingButTheFile();
    }

    @Test
    void refusesEveryChangedByte() throws IOException {
        byte[] sound = Files.readAllBytes(file);
        for (int at = 0; at < sound.length; at++) {
            byte[] damaged = sound.clone();
            damaged[at] ^= (byte) (1 << (at % 8));
            Files.write(file, damaged);
            assertThatThrownBy(() -> CheckpointFile.read(file))
                    .as("byte " + at)
                    .isInstanceOf(Ascend4jException.class)
                    .hasMessageStartingWith(file.toString());
        }
    }

    @Test
    void refusesEveryTruncation() throws IOException {
        byte[] sound = Files.readAllBytes(file);
        for (int length = 0; length < sound.length; length++) {
            Files.write(file, Arrays.copyOf(sound, length));
            assertThatThrownBy(() -> CheckpointFile.read(file))
                    .as("length " + length)
                    .isInstanceOf(Ascend4jException.class)
                    .hasMessageStartingWith(file.toString());
        }
    }

    @Test
    void namesTheMissingFile() {
        Path missing = folder.resolve("none.ckpt");
        assertThatThrownBy(() -> CheckpointFile.read(missing))
                .isInstanceOf(Ascend4jException.class)
                .hasMessageStartingWith("cannot read " + missing);
    }
}
