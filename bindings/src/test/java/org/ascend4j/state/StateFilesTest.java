package org.ascend4j.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests files of Python's torch and safetensors (state_files.py), and files for them (check_written.py). */
class StateFilesTest {
    @TempDir
    private Path folder;

    private PointerScope scope;

    @BeforeEach
    void open() {
        scope = new PointerScope();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    private static Path golden(String name) {
        try {
            return Path.of(
                    StateFilesTest.class.getResource("/golden/state/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.pt", "views.pt", "wrapped.pt"})
    void readsWhatTorchSaved(String name) {
        StateDict expected = StateFiles.read(golden("values.safetensors"));
        StateDict found = StateFiles.read(golden(name));
        List<String> names = expected.entries().keySet().stream()
                .filter(key -> key.startsWith(name))
                .map(key -> key.substring(name.length() + 1))
                .toList();
        assertThat(found.entries().keySet()).containsExactlyInAnyOrderElementsOf(names);
        found.entries().forEach((key, tensor) -> {
            Tensor value = expected.get(name + "/" + key);
            assertThat(tensor.scalar_type().intern())
                    .as(key)
                    .isEqualTo(value.scalar_type().intern());
            assertThat(tensor.equal(value)).as(key).isTrue();
        });
    }

    @Test
    void keepsTheOrderOfTheFile() {
        assertThat(StateFiles.read(golden("model.pt")).entries().keySet())
                .containsExactly(
                        "0.weight",
                        "0.bias",
                        "1.weight",
                        "1.bias",
                        "1.running_mean",
                        "1.running_var",
                        "1.num_batches_tracked",
                        "2.weight",
                        "2.bias");
    }

    @Test
    void keepsSharedStoragesShared() {
        StateDict views = StateFiles.read(golden("views.pt"));
        views.get("base").fill_(new Scalar(-1.0));
        assertThat(views.get("transposed").sum().item_float()).isEqualTo(-24);
    }

    @Test
    void readsMetadataOfSafetensors() {
        assertThat(SafetensorsFile.read(golden("values.safetensors")).metadata())
                .containsEntry("note", "a \"quoted\" \u00fc");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "evil.pt | cannot be read safely: it holds posix.system; expected a state dict",
                "module.pt | cannot be read safely: it holds torch.nn.modules.linear.Linear; expected a state dict",
                "no_tensors.pt | cannot be read safely: it holds no tensors but epoch; expected a state dict",
            })
    void refusesWhatIsNoStateDict(String name, String message) {
        Path file = golden(name);
        assertThatThrownBy(() -> StateFiles.read(file))
                .isInstanceOf(Ascend4jException.class)
                .hasMessageStartingWith(file + " " + message);
    }

    /** The little-endian length of a safetensors header begins like a pickle of protocol 2 and up (0x80) or like a zip file ("PK"). */
    @ParameterizedTest
    @ValueSource(ints = {0x180, 0x1080, 0x4b50})
    void readsSafetensorsWhoseLengthLooksLikeAnotherFormat(int headerBytes) throws IOException {
        Path file = folder.resolve("weights.safetensors");
        StateDict weights = new StateDict();
        weights.put("weight", torch.tensor(1f, 2f));
        StateFiles.write(file, weights, Map.of("pad", ""));
        int least = ByteBuffer.wrap(Files.readAllBytes(file))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt();
        StateFiles.write(file, weights, Map.of("pad", "x".repeat(headerBytes - least)));
        assertThat(ByteBuffer.wrap(Files.readAllBytes(file))
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getInt())
                .isEqualTo(headerBytes);
        assertThat(StateFiles.read(file).get("weight").equal(weights.get("weight")))
                .isTrue();
    }

    @Test
    void refusesOtherFiles() throws IOException {
        Path file = Files.write(folder.resolve("model.pt"), "<html>not found</html>".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> StateFiles.read(file))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage(file + " expects torch.save's format or safetensors, found neither");
        Path missing = folder.resolve("none.pt");
        assertThatThrownBy(() -> StateFiles.read(missing))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("cannot read " + missing + ": there is no " + missing);
        assertThatThrownBy(() -> StateFiles.write(folder.resolve("model.onnx"), new StateDict(), Map.of()))
                .isInstanceOf(Ascend4jException.class)
                .hasMessageEndingWith("found model.onnx");
    }

    private static StateDict written() {
        return new StateDict()
                .put("weight", torch.arange(new Scalar(24.0)).reshape(2, 3, 4).permute(0, 2, 1))
                .put(
                        "scalar",
                        torch.full(new long[] {1}, new Scalar(5)).squeeze().to(ScalarType.Long))
                .put("half", torch.arange(new Scalar(7.0)).to(ScalarType.Half))
                .put("empty", torch.empty(0, 4))
                .put("bool", torch.arange(new Scalar(2.0)).eq(new Scalar(0.0)))
                .put("bfloat16", torch.arange(new Scalar(3.0)).to(ScalarType.BFloat16))
                .put("gr\u00f6\u00dfe", torch.arange(new Scalar(3.0)).to(ScalarType.Byte));
    }

    @ParameterizedTest
    @ValueSource(strings = {"written.pt", "written.safetensors"})
    void writesWhatPythonReads(String name) throws IOException {
        Path file = folder.resolve(name);
        StateFiles.write(file, written(), Map.of("format", "pt"));
        assertThat(file).hasSameBinaryContentAs(golden(name));
        StateDict found = StateFiles.read(file);
        assertThat(found.entries().keySet())
                .containsExactlyElementsOf(written().entries().keySet());
        written().entries().forEach((key, tensor) -> assertThat(found.get(key).equal(tensor))
                .as(key)
                .isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"views.pt", "written.safetensors"})
    void refusesTruncation(String name) throws IOException {
        byte[] sound = Files.readAllBytes(golden(name));
        Path file = folder.resolve(name);
        for (int length = 0; length < sound.length; length += 7) {
            Files.write(file, Arrays.copyOf(sound, length));
            assertThatThrownBy(() -> StateFiles.read(file))
                    .as("length " + length)
                    .isInstanceOf(Ascend4jException.class)
                    .hasMessageContaining(file.toString());
        }
    }
}
