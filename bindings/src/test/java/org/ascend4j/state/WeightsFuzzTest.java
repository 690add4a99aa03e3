package org.ascend4j.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.ascend4j.nativelib.support.fuzz.ByteMutator;
import org.ascend4j.nativelib.support.fuzz.Fuzz;
import org.ascend4j.nativelib.support.fuzz.FuzzReport;
import org.ascend4j.nativelib.support.fuzz.ZipMutator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged and hostile state files are either read or rejected; the elements of accepted tensors are within the file. */
@Tag("slow")
class WeightsFuzzTest {
    private static final List<String> FELL = List.of(
            "hash_laughs.pt",
            "selfset.pt",
            "overflow-shape.pt",
            "overflow_storage.pt",
            "zip64_claims.pt",
            "byteorder_bomb.pt",
            "zip_malformed_name.pt",
            "legacy_dict_as_protocol.pt",
            "zero_huge_shape.safetensors");

    @TempDir
    private Path folder;

    private static byte[] resource(String name) {
        try (InputStream in = WeightsFuzzTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[][] golden(String... names) {
        return Stream.of(names).map(name -> resource("/golden/" + name)).toArray(byte[][]::new);
    }

    /** Reads valid files first, which loads libtorch: on a busy machine that takes longer than the limit for an input. */
    @BeforeAll
    static void readSoundFiles(@TempDir Path sound) throws IOException {
        for (String name : List.of("state/views.pt", "state/values.safetensors")) {
            read(Files.write(sound.resolve("sound"), golden(name)[0]));
        }
    }

    /** Reads a file and every element of its tensors. */
    private static void read(Path file) {
        try (PointerScope scope = new PointerScope()) {
            for (Tensor tensor : StateFiles.read(file).entries().values()) {
                assertThat(tensor.contiguous().equal(tensor.clone()) || tensor.is_floating_point())
                        .isTrue();
            }
        }
    }

    private Fuzz suite(String name) {
        return Fuzz.ofFiles(name, folder.resolve("f.pt"), WeightsFuzzTest::read);
    }

    private static void assertBoth(FuzzReport report) {
        assertThat(report.refused()).isGreaterThan(report.inputs() / 10);
        assertThat(report.accepted()).isGreaterThan(report.inputs() / 200);
    }

    @Test
    void inputsThatFellAreRefused() throws IOException {
        for (String name : FELL) {
            FuzzReport report = Fuzz.ofFiles("fell-" + name, folder.resolve(name), WeightsFuzzTest::read)
                    .regressions(List.of(resource("/fuzz/weights/" + name)))
                    .run();
            assertThat(report.refused()).as(name).isEqualTo(1);
            assertThat(report.longestSentence()).as(name).isLessThan(300);
        }
    }

    @Test
    void bytesOfTheZipContainer() {
        assertBoth(suite("pt-bytes")
                .from(ByteMutator.of(golden("state/views.pt", "checkpoints/kinds.pt", "checkpoints/npu.pt")))
                .run());
    }

    @Test
    void recordsOfTheZipContainer() {
        Fuzz suite = suite("pt-records");
        for (byte[] sound : golden(
                "state/views.pt",
                "checkpoints/kinds.pt",
                "checkpoints/npu.pt",
                "checkpoints/surroundings.pt",
                "checkpoints/protocol5.pt")) {
            suite.from(new ZipMutator(sound, "data.pkl"));
        }
        assertBoth(suite.run());
    }

    @Test
    void bytesOfTheLegacyFormat() {
        assertBoth(suite("pt-legacy")
                .from(ByteMutator.of(
                        golden("state/legacy.pt", "checkpoints/legacy_views.pt", "checkpoints/legacy_wrapped.pt")))
                .run());
    }

    @Test
    void bytesOfSafetensors() {
        assertBoth(suite("safetensors")
                .from(ByteMutator.of(golden(
                        "state/values.safetensors", "state/written.safetensors", "checkpoints/averaged.safetensors")))
                .run());
    }

    @Test
    void indicesOfSafetensors() throws IOException {
        Path index = folder.resolve("f.safetensors.index.json");
        for (String shard : List.of("model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors")) {
            Files.write(folder.resolve(shard), golden("checkpoints/" + shard)[0]);
        }
        assertBoth(Fuzz.ofFiles("safetensors-index", index, WeightsFuzzTest::read)
                .from(ByteMutator.of(golden("checkpoints/model.safetensors.index.json")))
                .run());
    }
}
