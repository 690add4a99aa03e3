package org.ascend4j.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.pytorch.global.torch.cross_entropy;
import static org.bytedeco.pytorch.global.torch.tensor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Outputs and gradients of every form of the network against Python's, from the same weights and images. */
class GoogLeNetParityTest {
    private static final JsonNode GOLDEN = Golden.read("parity.json");
    private static final long[] LABELS = {3, 7, 1, 9};

    enum Variant {
        PLAIN("plain", config -> config, 4, 3, 32),
        GREY("grey", config -> config.withInputChannels(1), 2, 1, 96),
        BATCH_NORM("batchNorm", config -> config.withBatchNorm(true), 4, 3, 64),
        LOCAL_RESPONSE_NORM("localResponseNorm", config -> config.withLocalResponseNorm(true), 4, 3, 48),
        AUXILIARY_HEADS("auxiliaryHeads", config -> config.withAuxiliaryHeads(true), 4, 3, 64),
        AUXILIARY_HEADS_BATCH_NORM(
                "auxiliaryHeadsBatchNorm",
                config -> config.withAuxiliaryHeads(true).withBatchNorm(true),
                4,
                3,
                64),
        CIFAR_STEM("cifarStem", config -> config.withStem(Stem.CIFAR).withBatchNorm(true), 4, 3, 32),
        CIFAR_FINE_STEM("cifarFineStem", config -> config.withStem(Stem.CIFAR_FINE), 2, 3, 32);

        private final String key;
        private final GoogLeNetConfig config;
        private final long[] shape;

        Variant(String key, UnaryOperator<GoogLeNetConfig> change, long batch, long channels, long size) {
            this.key = key;
            config = change.apply(GoogLeNetConfig.article());
            shape = new long[] {batch, channels, size, size};
        }
    }

    @ParameterizedTest
    @EnumSource
    void agreesWithPython(Variant variant) {
        JsonNode golden = GOLDEN.get(variant.key);
        try (PointerScope scope = new PointerScope();
                GoogLeNet model = FormulaWeights.fill(new GoogLeNet(variant.config))) {
            assertThat(scope).isNotNull();
            Dropouts.switchOff(model);
            Tensor images = FormulaWeights.images(variant.shape);

            List<Tensor> outputs = train(model, images, golden.get("loss").asDouble());
            assertThat(outputs).hasSize(golden.get("outputs").size());
            for (int i = 0; i < outputs.size(); i++) {
                assertClose(outputs.get(i), golden.get("outputs").get(i));
            }
            model.namedParameters().forEach((name, parameter) -> assertThat(
                            parameter.grad().norm().item_double())
                    .as("gradient norm of %s", name)
                    .isCloseTo(golden.get("gradientNorms").get(name).asDouble(), Percentage.withPercentage(0.1)));
            assertThat(model.namedParameters().keySet())
                    .containsExactlyElementsOf(() -> golden.get("gradientNorms").fieldNames());

            model.eval();
            assertThat(model.forwardTraining(images).auxiliaryLogits()).isEmpty();
            assertClose(model.forward(images), golden.get("evaluation"));
        }
    }

    private static List<Tensor> train(GoogLeNet model, Tensor images, double expectedLoss) {
        ImageClassifier.TrainingOutput output = model.forwardTraining(images);
        Tensor labels = tensor(Arrays.copyOf(LABELS, (int) images.size(0)));
        Tensor loss = cross_entropy(output.logits(), labels);
        for (Tensor logits : output.auxiliaryLogits()) {
            loss = loss.add(cross_entropy(logits, labels).mul(new Scalar(model.auxiliaryLossWeight())));
        }
        assertThat(loss.item_double()).isCloseTo(expectedLoss, Percentage.withPercentage(0.01));
        loss.backward();
        List<Tensor> outputs = new ArrayList<>(List.of(output.logits()));
        outputs.addAll(output.auxiliaryLogits());
        return outputs;
    }

    private static void assertClose(Tensor found, JsonNode expected) {
        assertThat(Golden.values(found)).containsExactly(Golden.numbers(expected), Offset.offset(1e-3));
    }
}
