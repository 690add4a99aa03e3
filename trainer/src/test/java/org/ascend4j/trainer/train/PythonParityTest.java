package org.ascend4j.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.Layout;
import org.ascend4j.trainer.data.DataSplits;
import org.ascend4j.trainer.data.ImageSet;
import org.ascend4j.trainer.model.googlenet.FormulaWeights;
import org.ascend4j.trainer.model.googlenet.GoogLeNet;
import org.ascend4j.trainer.model.googlenet.GoogLeNetConfig;
import org.ascend4j.trainer.progress.EpochMetrics;
import org.ascend4j.trainer.progress.StepMetrics;
import org.ascend4j.trainer.progress.TrainingListener;
import org.ascend4j.trainer.recipe.Recipe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares the Ascend tutorial's training loop with torch 2.7.1 in Python; {@code src/test/python/training.py} wrote the values. */
class PythonParityTest {
    /** Rounding differs between BLAS libraries and grows with the learning rate. This test uses a small rate; bench/parity uses the Ascend tutorial's. */
    private static final double RELATIVE = 1e-4;

    private static final List<String> CLASSES = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

    @TempDir
    private Path folder;

    @Test
    void lossesLearningRatesAndMomentaAreThoseOfPython() throws IOException {
        JsonNode golden = golden();
        List<StepMetrics> steps = new ArrayList<>();
        List<EpochMetrics> epochs = new ArrayList<>();
        Recipe recipe = TinyRun.recipe("epochs=8", "batch_size=16", "eval_batch_size=10", "schedule.max_lr=0.00004");
        try (DeviceBackend cpu = TinyRun.cpu();
                GoogLeNet model = FormulaWeights.fill(new GoogLeNet(GoogLeNetConfig.article()))) {
            RunSettings settings = RunSettings.of(recipe.withAnyModel(), cpu, folder)
                    .withAugment(false)
                    .withShuffle(false)
                    .withLayout(Layout.CONTIGUOUS);
            new Training(settings, new DataSplits(images(7001, 40), images(7002, 15)), cpu)
                    .listener(new TrainingListener() {
                        @Override
                        public void stepsDone(List<StepMetrics> done) {
                            steps.addAll(done);
                        }

                        @Override
                        public void epochDone(EpochMetrics epoch) {
                            epochs.add(epoch);
                        }
                    })
                    .run(model);
        }
        assertThat(steps).hasSize(24).hasSameSizeAs(golden.get("steps"));
        assertThat(epochs).hasSize(8);
        for (int i = 0; i < steps.size(); i++) {
            JsonNode expected = golden.get("steps").get(i);
            assertClose("loss " + i, steps.get(i).loss(), expected.get(0).asDouble(), RELATIVE);
            assertClose("lr " + i, steps.get(i).lr(), expected.get(1).asDouble(), 1e-12);
            assertClose(
                    "momentum " + i, steps.get(i).momentum(), expected.get(2).asDouble(), 1e-12);
        }
        for (int i = 0; i < epochs.size(); i++) {
            JsonNode expected = golden.get("epochs").get(i);
            assertThat(epochs.get(i).trainAccuracy()).isEqualTo(expected.get(0).asDouble());
            assertClose(
                    "test loss " + i, epochs.get(i).testLoss(), expected.get(1).asDouble(), RELATIVE);
            assertThat(epochs.get(i).testAccuracy()).isEqualTo(expected.get(2).asDouble());
        }
    }

    private static void assertClose(String what, double found, double expected, double relative) {
        assertThat(found).as(what).isCloseTo(expected, within(relative * Math.abs(expected)));
    }

    /** Returns noise whose brightness depends on the class, as in {@code training.py}. */
    private static ImageSet images(int salt, int count) {
        int bytes = 3 * 32 * 32;
        byte[] pixels = new byte[count * bytes];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = i * 7 % 10;
            for (int k = i * bytes; k < (i + 1) * bytes; k++) {
                pixels[k] = (byte) (int) ((FormulaWeights.uniform(salt, k) + 0.5) * 128 + labels[i] * 12);
            }
        }
        return new ImageSet(3, 32, 32, pixels, labels, Collections.unmodifiableList(CLASSES));
    }

    private static JsonNode golden() throws IOException {
        try (InputStream file = PythonParityTest.class.getResourceAsStream("training.json")) {
            return new ObjectMapper().readTree(file);
        }
    }
}
