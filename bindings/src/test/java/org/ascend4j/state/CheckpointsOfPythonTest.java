package org.ascend4j.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

/** Files in the forms in which Python programs keep their weights (torch_checkpoints.py), and one that torch_npu saved on an NPU. */
class CheckpointsOfPythonTest {
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
            return Path.of(CheckpointsOfPythonTest.class
                    .getResource("/golden/checkpoints/" + name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "best_accuracy.pt",
                "with_average.pt",
                "average_alone.pt",
                "lightning.pt",
                "surroundings.pt",
                "compiled.pt",
                "averaged.pt",
                "parallel.safetensors",
                "averaged.safetensors",
                "own_model.pt",
                "kinds.pt",
                "protocol3.pt",
                "protocol4.pt",
                "protocol5.pt",
                "cuda.pt",
                "mps.pt",
                "legacy_views.pt",
                "legacy_wrapped.pt",
                "model.safetensors.index.json"
            })
    void findsTheWeights(String name) {
        StateDict expected =
                SafetensorsFile.read(golden("expected.safetensors")).tensors();
        StateDict found = StateFiles.read(golden(name));
        List<String> names = expected.entries().keySet().stream()
                .filter(key -> key.startsWith(name + "/"))
                .map(key -> key.substring(name.length() + 1))
                .toList();
        assertThat(names).isNotEmpty();
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
    void readsWhatWasSavedOnAnNpu() {
        StateDict found = StateFiles.read(golden("npu.pt"));
        assertThat(found.entries().keySet()).containsExactly("weight", "bias");
        Tensor weight = torch.arange(new Scalar(12.0)).reshape(3, 4);
        Tensor bias = torch.arange(new Scalar(1.0), new Scalar(4.0)).to(ScalarType.Half);
        assertThat(found.get("weight").equal(weight)).isTrue();
        assertThat(found.get("bias").scalar_type().intern()).isEqualTo(ScalarType.Half);
        assertThat(found.get("bias").equal(bias)).isTrue();
    }

    @Test
    void keepsSharedStoragesOfTheLegacyFormatShared() {
        StateDict views = StateFiles.read(golden("legacy_views.pt"));
        views.get("base").fill_(new Scalar(-1.0));
        assertThat(views.get("transposed").sum().item_float()).isEqualTo(-24);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "meta.pt | cannot be read safely: it holds a tensor of the device meta, which has no values; expected",
                "sparse.pt | cannot be read safely: it holds a sparse tensor; expected",
                "quantised.pt | cannot be read safely: it holds a quantised tensor; expected",
                "complex.pt | cannot be read safely: it holds torch.ComplexFloatStorage; expected",
                "float8.pt | cannot be read safely: it holds torch.float8_e4m3fn; expected",
                "torchscript.pt | cannot be read safely: it holds a TorchScript module; expected",
                "tar.pt | is a tar archive, perhaps in torch's format from before 0.2",
            })
    void namesWhatCannotBeRead(String name, String message) {
        Path file = golden(name);
        assertThatThrownBy(() -> StateFiles.read(file))
                .isInstanceOf(Ascend4jException.class)
                .hasMessageStartingWith(file + " " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"weight_map\":{\"a\":\"../other.safetensors\"}} | expected the name of a safetensors file beside it, found \"../other.safetensors\"",
                "{\"weight_map\":{\"gamma\":\"model-00001-of-00002.safetensors\"}} | expected tensor gamma in model-00001-of-00002.safetensors, found none",
                "{\"weight_map\":[]} | expected an object weight_map, found none",
                "{\"weight_map\":NaN} | expected a JSON header, found Non-standard token 'NaN'",
            })
    void refusesUnsoundIndices(String json, String message) throws IOException {
        Path index = Files.writeString(folder.resolve("model.safetensors.index.json"), json);
        Files.copy(golden("model-00001-of-00002.safetensors"), folder.resolve("model-00001-of-00002.safetensors"));
        assertThatThrownBy(() -> StateFiles.read(index))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage(index + " is not a sound index of safetensors files: " + message);
    }
}
