package org.ascend4j.trainer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.DeviceSpec;
import org.ascend4j.device.Devices;
import org.ascend4j.trainer.input.Batch;
import org.ascend4j.trainer.input.Factor;
import org.ascend4j.trainer.model.ImageClassifier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingLossTest {
    private static final int SIZE = 8;
    private static final int CLASSES = 5;

    @AutoClose
    private static final DeviceBackend CPU = Devices.open(DeviceSpec.parse("cpu"));

    /** The golden loss is torch's for labels as probabilities, with label smoothing (augmentation_goldens.py). */
    @ParameterizedTest
    @ValueSource(strings = {"mixup", "cutmix"})
    void theLossOfMixedImagesIsTorchsForProbabilities(String kind) throws IOException {
        JsonNode golden = new ObjectMapper()
                .readTree(Batch.class.getResource("mixed.json"))
                .get(kind);
        // Image 1 of class 1 got the rest of image 0 of class 0.
        double share = golden.at("/labels/1/1").asDouble();
        float[] values = new float[SIZE * CLASSES];
        long[] labels = new long[SIZE];
        for (int i = 0; i < SIZE; i++) {
            labels[i] = i % CLASSES;
            for (int k = 0; k < CLASSES; k++) {
                values[i * CLASSES + k] = (i * 7 + k * 3) % 11 / 4f;
            }
        }
        try (PointerScope scope = new PointerScope();
                TrainingLoss loss = new TrainingLoss(0.1, null, CLASSES, CPU.device())) {
            Tensor logits = torch.tensor(values).view(SIZE, CLASSES);
            Tensor own = torch.tensor(labels);
            Batch batch = new Batch(
                    null,
                    own,
                    SIZE,
                    own.roll(new long[] {1}, 0),
                    new Factor.OnHost(share),
                    new Factor.OnHost(1 - share));
            ImageClassifier.TrainingOutput output = new ImageClassifier.TrainingOutput(logits, List.of());
            assertThat(loss.of(null, output, batch).item_double())
                    .isCloseTo(golden.get("loss").asDouble(), within(1e-6));
        }
    }
}
