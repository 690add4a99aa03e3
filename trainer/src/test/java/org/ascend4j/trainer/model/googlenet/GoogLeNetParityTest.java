package org.ascend4j.trainer.model.googlenet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.pytorch.global.torch.cross_entropy;
import static org.bytedeco.pytorch.global.torch.tensor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.ascend4j.device.Layout;
import org.ascend4j.optim.FlatParameters;
import org.ascend4j.runtime.TorchRuntime;
import org.ascend4j.trainer.model.ImageClassifier;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares outputs and gradients of every variant of the network with Python's, for the same weights and images. */
@Tag("slow")
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

    @BeforeAll
    static void useOneThread() {
        TorchRuntime.load();
        TorchRuntime.setThreads(1);
    }

    @ParameterizedTest
    @EnumSource
    void agreesWithPython(Variant variant) {
        check(variant, null);
    }

    @ParameterizedTest
    @EnumSource
    void agreesWithPythonWhenJoined(Variant variant) {
        check(variant, Layout.CONTIGUOUS);
    }

    @ParameterizedTest
    @EnumSource
    void agreesWithPythonWhenJoinedInChannelsLast(Variant variant) {
        check(variant, Layout.CHANNELS_LAST);
    }

    /** Checks the network branch by branch or, with a layout, with joined layers of the same input and cropped kernels. */
    private static void check(Variant variant, Layout joined) {
        JsonNode golden = GOLDEN.get(variant.key);
        try (PointerScope scope = new PointerScope();
                GoogLeNet model = FormulaWeights.fill(new GoogLeNet(variant.config));
                FlatParameters flat = joined == null ? null : FlatParameters.joining(model, joined)) {
            assertThat(scope).isNotNull();
            Dropouts.switchOff(model);
            model.economise(joined != null);
            Tensor images = FormulaWeights.images(variant.shape);
            if (joined == Layout.CHANNELS_LAST) {
                images = images.contiguous(MemoryFormat.ChannelsLast);
            }

            List<Tensor> outputs = train(model, images, golden.get("loss").asDouble());
            assertThat(outputs).hasSize(golden.get("outputs").size());
            for (int i = 0; i < outputs.size(); i++) {
                assertClose(outputs.get(i), golden.get("outputs").get(i));
            }
            if (joined != null) {
                checkNorms(norms(gradients(flat)), variant, joined);
            }

            model.eval();
            assertThat(model.forwardTraining(images).auxiliaryLogits()).isEmpty();
            assertClose(model.forward(images), golden.get("evaluation"));
        }
    }

    /**
     * Computed in fp64: in fp32 a rectifier or a pool near a tie takes the other side on another processor, which
     * changes the first batch norm's gradient by 0.3 %.
     */
    @ParameterizedTest
    @EnumSource
    void gradientsAgreeWithPythons(Variant variant) {
        JsonNode golden = GOLDEN.get(variant.key).get("gradientNorms");
        Map<String, Double> norms = plainNorms(variant, ScalarType.Double);
        assertThat(norms.keySet()).containsExactlyElementsOf(golden::fieldNames);
        norms.forEach((name, norm) -> assertThat(norm)
                .as("gradient norm of %s", name)
                .isCloseTo(golden.get(name).asDouble(), Percentage.withPercentage(1e-5)));
    }

    /**
     * Kernels of another layout round differently. They are therefore compared with Python's at 1 %, and joined kernels
     * with the separate ones on this processor.
     */
    private static void checkNorms(Map<String, Double> found, Variant variant, Layout layout) {
        boolean otherKernels = layout == Layout.CHANNELS_LAST;
        Map<String, Double> expected = plainNorms(variant, otherKernels ? ScalarType.Double : ScalarType.Float);
        assertThat(found.keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
        found.forEach((name, norm) -> assertThat(norm)
                .as("gradient norm of %s", name)
                .isCloseTo(expected.get(name), Percentage.withPercentage(otherKernels ? 1 : 0.1)));
    }

    /** Returns the norms of the network's gradients, computed branch by branch. */
    private static Map<String, Double> plainNorms(Variant variant, ScalarType type) {
        try (PointerScope scope = new PointerScope();
                GoogLeNet model = FormulaWeights.fill(new GoogLeNet(variant.config))) {
            assertThat(scope).isNotNull();
            Dropouts.switchOff(model);
            model.to(type, false);
            Tensor images = FormulaWeights.images(variant.shape).to(type);
            train(model, images, GOLDEN.get(variant.key).get("loss").asDouble());
            return norms(gradients(model));
        }
    }

    private static Map<String, Double> norms(Map<String, Tensor> gradients) {
        Map<String, Double> norms = new LinkedHashMap<>();
        gradients.forEach((name, gradient) -> norms.put(name, gradient.norm().item_double()));
        return norms;
    }

    private static Map<String, Tensor> gradients(GoogLeNet model) {
        Map<String, Tensor> gradients = new LinkedHashMap<>();
        model.namedParameters().forEach((name, parameter) -> gradients.put(name, parameter.grad()));
        return gradients;
    }

    private static Map<String, Tensor> gradients(FlatParameters flat) {
        Map<String, Tensor> gradients = new LinkedHashMap<>();
        for (int i = 0; i < flat.size(); i++) {
            gradients.put(flat.names().get(i), flat.gradient(i));
        }
        return gradients;
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
