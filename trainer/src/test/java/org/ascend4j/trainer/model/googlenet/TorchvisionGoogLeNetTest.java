package org.ascend4j.trainer.model.googlenet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ascend4j.Ascend4jException;
import org.ascend4j.nn.Initialisation;
import org.ascend4j.trainer.model.ImageClassifier;
import org.assertj.core.data.Offset;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** Compares names, shapes and outputs with torchvision 0.22.1. */
class TorchvisionGoogLeNetTest {
    private static final JsonNode GOLDEN = Golden.read("torchvision.json");
    private static final GoogLeNetConfig CONFIG =
            GoogLeNetConfig.torchvision().withClasses(10).withInitialisation(Initialisation.PYTORCH);

    @Test
    void stateDictHasTorchvisionsNamesOrderAndShapes() {
        Map<String, List<Long>> expected = new LinkedHashMap<>();
        GOLDEN.get("stateDict")
                .properties()
                .forEach(entry -> expected.put(entry.getKey(), boxed(Golden.shape(entry.getValue()))));
        try (TorchvisionGoogLeNet model = new TorchvisionGoogLeNet(CONFIG)) {
            Map<String, List<Long>> found = new LinkedHashMap<>();
            model.stateDict().entries().forEach((name, tensor) -> found.put(name, boxed(tensor.shape())));
            assertThat(found).containsExactlyEntriesOf(expected);
        }
    }

    @Test
    void evaluationAgrees() {
        try (PointerScope scope = new PointerScope();
                TorchvisionGoogLeNet model = FormulaWeights.fill(new TorchvisionGoogLeNet(CONFIG))) {
            assertThat(scope).isNotNull();
            model.eval();
            assertClose(model.forward(FormulaWeights.images(2, 3, 64, 64)), "evaluation64");
            assertClose(model.forward(FormulaWeights.images(1, 3, 224, 224)), "evaluation224");
        }
    }

    @Test
    void transformedInputAgrees() {
        try (PointerScope scope = new PointerScope();
                TorchvisionGoogLeNet model = FormulaWeights.fill(new TorchvisionGoogLeNet(CONFIG, true))) {
            assertThat(scope).isNotNull();
            model.eval();
            assertClose(model.forward(FormulaWeights.images(2, 3, 64, 64)), "transformed64");
        }
    }

    @Test
    void trainingOutputsAgree() {
        try (PointerScope scope = new PointerScope();
                TorchvisionGoogLeNet model = FormulaWeights.fill(new TorchvisionGoogLeNet(CONFIG))) {
            assertThat(scope).isNotNull();
            Dropouts.switchOff(model);
            ImageClassifier.TrainingOutput output = model.forwardTraining(FormulaWeights.images(4, 3, 64, 64));
            JsonNode golden = GOLDEN.get("training64");
            assertClose(output.logits(), golden.get(0));
            assertClose(output.auxiliaryLogits().get(0), golden.get(1));
            assertClose(output.auxiliaryLogits().get(1), golden.get(2));
        }
    }

    @Test
    void refusesWhatItsArithmeticLacks() {
        assertThatThrownBy(() -> new TorchvisionGoogLeNet(CONFIG.withStem(Stem.CIFAR)))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("googlenet-torchvision expects stem imagenet, batch normalisation and no local response "
                        + "normalisation, found stem cifar, batch normalisation true and local response "
                        + "normalisation false");
    }

    private static List<Long> boxed(long[] shape) {
        return Arrays.stream(shape).boxed().toList();
    }

    private static void assertClose(Tensor found, String key) {
        assertClose(found, GOLDEN.get(key));
    }

    private static void assertClose(Tensor found, JsonNode expected) {
        assertThat(Golden.values(found)).containsExactly(Golden.numbers(expected), Offset.offset(1e-3));
    }
}
