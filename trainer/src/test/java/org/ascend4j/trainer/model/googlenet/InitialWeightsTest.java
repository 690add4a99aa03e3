package org.ascend4j.trainer.model.googlenet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import org.ascend4j.nn.Initialisation;
import org.assertj.core.data.Offset;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares the weights that a seed gives with Python's. */
class InitialWeightsTest {
    private static final JsonNode GOLDEN = Golden.read("initial-weights.json");

    @Test
    void defaultWeightsAreBitIdenticalToPython() {
        assertChecksums(GoogLeNetConfig.article(), GOLDEN.get("article"));
    }

    @Test
    void stateDictHasPythonsNamesAndOrderWithBatchNormAndAuxiliaryHeads() {
        assertChecksums(
                GoogLeNetConfig.article().withBatchNorm(true).withAuxiliaryHeads(true),
                GOLDEN.get("articleBatchNormAux"));
    }

    @ParameterizedTest
    @CsvSource({"KAIMING, kaiming", "XAVIER, xavier", "TRUNCATED_NORMAL, truncatedNormal", "DIRAC, dirac"})
    void otherInitialisationsDrawPythonsWeights(Initialisation initialisation, String key) {
        torch.manual_seed(7);
        try (GoogLeNet model = new GoogLeNet(GoogLeNetConfig.article().withInitialisation(initialisation))) {
            Map<String, Tensor> parameters = model.namedParameters();
            GOLDEN.get(key).properties().forEach(entry -> {
                double[] values = Golden.values(parameters.get(entry.getKey()));
                double[] picked = {values[0], values[1], values[2], values[values.length - 1]};
                assertThat(picked)
                        .as(entry.getKey())
                        .containsExactly(Golden.numbers(entry.getValue()), Offset.offset(1e-6));
            });
        }
    }

    private static void assertChecksums(GoogLeNetConfig config, JsonNode golden) {
        Map<String, Long> expected = new LinkedHashMap<>();
        golden.properties()
                .forEach(entry -> expected.put(entry.getKey(), entry.getValue().asLong()));
        torch.manual_seed(7);
        try (GoogLeNet model = new GoogLeNet(config)) {
            Map<String, Long> found = new LinkedHashMap<>();
            model.stateDict().entries().forEach((name, tensor) -> found.put(name, checksum(tensor)));
            assertThat(found).containsExactlyEntriesOf(expected);
        }
    }

    private static long checksum(Tensor tensor) {
        CRC32 crc = new CRC32();
        ByteBuffer bytes =
                new BytePointer(tensor.data_ptr()).capacity(tensor.nbytes()).asByteBuffer();
        crc.update(bytes);
        return crc.getValue();
    }
}
