package org.ascend4j.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.ascend4j.Ascend4jException;
import org.ascend4j.device.DeviceBackend;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights of classes in the loss of training; torch computes the weighted mean of a batch that one model has whole. */
@Tag("slow")
class ClassWeightsTest {
    private static final String INCREASING = "class_weights=[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]";

    @AutoClose
    private static final DeviceBackend CPU = TinyRun.cpu();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {INCREASING, "class_weights=balanced"})
    void replicasLearnTheWeightedMeanOfTheWholeBatch(String weights) throws IOException {
        assertSame(train("alone", 8, 8, 1, weights), train("together", 8, 8, 2, weights));
    }

    @Test
    void accumulatedBatchesLearnTheWeightedMeanOfTheWholeStep() throws IOException {
        assertSame(train("whole", 8, 8, 1, INCREASING), train("parts", 2, 8, 1, INCREASING));
    }

    @Test
    void aCommonFactorOfAllWeightsChangesNothing() throws IOException {
        String twos = "class_weights=[2, 2, 2, 2, 2, 2, 2, 2, 2, 2]";
        assertSame(train("plain", 8, 8, 1, "clip_norm=0"), train("twos", 8, 8, 1, twos));
    }

    @Test
    void theLossOfAStepIsTheWeightedMeanOfItsImages() throws IOException {
        // The first step has one image of each of the labels 0 to 7; its losses come from steps of one image without
        // updates.
        double[] losses = new double[8];
        List<JsonNode> single =
                train("single", 1, 1, 1, "schedule.type=constant", "optimizer.lr=0", "label_smoothing=0");
        double sum = 0;
        double weights = 0;
        for (int label = 0; label < losses.length; label++) {
            assertThat(TinyRun.shapes().train().label(label)).isEqualTo(label);
            losses[label] = single.get(label).get("loss").asDouble();
            sum += (label + 1) * losses[label];
            weights += label + 1;
        }
        double expected = sum / weights;
        double found = train("weighted", 8, 8, 1, INCREASING, "label_smoothing=0")
                .get(0)
                .get("loss")
                .asDouble();
        assertThat(found).isCloseTo(expected, within(1e-5 * expected));
        double plain =
                train("plain", 8, 8, 1, "label_smoothing=0").get(0).get("loss").asDouble();
        assertThat(Math.abs(plain - expected)).isGreaterThan(1e-3 * expected);
    }

    @Test
    void asManyWeightsAsClassesAreExpected() {
        assertThatThrownBy(() -> train("few", 8, 8, 1, "class_weights=[1, 2]"))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("class_weights expects 10 values, found 2");
    }

    private static void assertSame(List<JsonNode> expected, List<JsonNode> found) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            String loss = expected.get(i).has("step") ? "loss" : "test_loss";
            double value = expected.get(i).get(loss).asDouble();
            assertThat(found.get(i).get(loss).asDouble())
                    .as("%s of line %d", loss, i)
                    .isCloseTo(value, within(1e-5 * value));
        }
    }

    /** Trains with smoothed labels, and an initialisation with which rounding does not grow. */
    private List<JsonNode> train(String name, int batch, int globalBatch, int replicas, String... overrides)
            throws IOException {
        Path output = folder.resolve(name);
        String[] all = new String[overrides.length + 3];
        all[0] = "model.initialisation=xavier";
        all[1] = "label_smoothing=0.1";
        all[2] = "batch_size=" + batch;
        System.arraycopy(overrides, 0, all, 3, overrides.length);
        RunSettings settings = TinyRun.settings(CPU, output, all)
                .withGlobalBatch(globalBatch)
                .withAugment(false)
                .withShuffle(false)
                .withExecution(new Execution(false, replicas));
        TinyRun.training(CPU, settings).run();
        return TinyRun.metrics(output);
    }
}
