package org.ascend4j.trainer.model.googlenet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.ascend4j.Ascend4jException;
import org.ascend4j.nn.Initialisation;
import org.ascend4j.trainer.model.ModelSummary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares shapes after every stage, parameters and multiply-adds with a calculation in Python. */
class ModelSummaryTest {
    private static final JsonNode GOLDEN = Golden.read("sizes.json");

    enum Size {
        ARTICLE_32("article32", config -> config, 3, 32),
        ARTICLE_224("article224", config -> config.withClasses(1000), 3, 224),
        GREY_224("grey224", config -> config.withInputChannels(1), 1, 224),
        CIFAR_32("cifar32", config -> config.withStem(Stem.CIFAR).withBatchNorm(true), 3, 32),
        CIFAR_FINE_32("cifarFine32", config -> config.withStem(Stem.CIFAR_FINE).withBatchNorm(true), 3, 32),
        AUX_32("aux32", config -> config.withAuxiliaryHeads(true), 3, 32);

        private final String key;
        private final GoogLeNetConfig config;
        private final long[] input;

        Size(String key, UnaryOperator<GoogLeNetConfig> change, long channels, long side) {
            this.key = key;
            config = change.apply(GoogLeNetConfig.article());
            input = new long[] {1, channels, side, side};
        }
    }

    @ParameterizedTest
    @EnumSource
    void agreesWithPython(Size size) {
        JsonNode golden = GOLDEN.get(size.key);
        try (GoogLeNet model = new GoogLeNet(size.config)) {
            ModelSummary summary = ModelSummary.of(model, size.input);
            assertThat(summary.totals().parameters())
                    .isEqualTo(golden.get("parameters").asLong());
            assertThat(summary.totals().multiplyAdds())
                    .isEqualTo(golden.get("multiplyAdds").asLong());
            Map<String, List<Long>> shapes = new HashMap<>();
            summary.layers().stream()
                    .filter(row -> row.depth() == 1)
                    .forEach(row -> shapes.put(row.name(), row.output()));
            golden.get("shapes").properties().forEach(stage -> assertThat(shapes.get(stage.getKey()))
                    .as(stage.getKey())
                    .containsExactly(Golden.boxed(stage.getValue())));
        }
    }

    /** torchvision documents 6,624,904 parameters and 1.498 G operations for its network without auxiliary heads. */
    @Test
    void agreesWithTorchvisionsDocumentation() {
        GoogLeNetConfig config =
                GoogLeNetConfig.torchvision().withAuxiliaryHeads(false).withInitialisation(Initialisation.PYTORCH);
        try (TorchvisionGoogLeNet model = new TorchvisionGoogLeNet(config)) {
            ModelSummary.Totals totals = ModelSummary.of(model, 1, 3, 224, 224).totals();
            assertThat(totals.parameters()).isEqualTo(6_624_904);
            assertThat(totals.multiplyAdds() / 1_000_000).isEqualTo(1498);
        }
    }

    /** Closed form at 32 pixels: each convolution, pooling and concatenation counts once; rectifiers run in place and flatten is a view. */
    @Test
    void activationsCountWhatIsKept() {
        long stem = 64 * 16 * 16 + 64 * 8 * 8 + 64 * 8 * 8 + 192 * 8 * 8 + 192 * 4 * 4;
        long stage3 = block(192, InceptionWidths.I3A, 16) + block(256, InceptionWidths.I3B, 16) + 480 * 4;
        long stage4 = block(480, InceptionWidths.I4A, 4)
                + block(512, InceptionWidths.I4B, 4)
                + block(512, InceptionWidths.I4C, 4)
                + block(512, InceptionWidths.I4D, 4)
                + block(528, InceptionWidths.I4E, 4)
                + 832;
        long stage5 = block(832, InceptionWidths.I5A, 1) + block(832, InceptionWidths.I5B, 1) + 1024;
        try (GoogLeNet model = new GoogLeNet(GoogLeNetConfig.article())) {
            ModelSummary.Totals totals = ModelSummary.of(model, 1, 3, 32, 32).totals();
            assertThat(totals.activationBytes()).isEqualTo(4 * (stem + stage3 + stage4 + stage5 + 10));
            assertThat(totals.inputBytes()).isEqualTo(4 * 3 * 32 * 32);
            assertThat(totals.stateBytes()).isEqualTo(4 * 5_983_802);
        }
    }

    @Test
    void frozenParametersAreNotTrainable() {
        try (GoogLeNet model = new GoogLeNet(GoogLeNetConfig.article())) {
            model.namedParameters().get("fc.bias").set_requires_grad(false);
            ModelSummary.Totals totals = ModelSummary.of(model, 1, 3, 32, 32).totals();
            assertThat(totals.trainableParameters()).isEqualTo(5_983_792);
        }
    }

    @Test
    void multiplyAddsGrowWithTheBatch() {
        try (GoogLeNet model = new GoogLeNet(GoogLeNetConfig.article())) {
            assertThat(ModelSummary.of(model, 3, 3, 32, 32).totals().multiplyAdds())
                    .isEqualTo(3 * 32_288_768);
        }
    }

    @Test
    void anInputThatIsTooSmallIsTold() {
        GoogLeNetConfig config = GoogLeNetConfig.torchvision().withInitialisation(Initialisation.PYTORCH);
        try (TorchvisionGoogLeNet model = new TorchvisionGoogLeNet(config)) {
            assertThatThrownBy(() -> ModelSummary.of(model, 1, 3, 4, 4))
                    .isInstanceOf(Ascend4jException.class)
                    .hasMessageStartingWith("the model cannot take an input of shape [1, 3, 4, 4]: ")
                    .hasMessageContaining("Output size is too small");
        }
    }

    private static long block(long in, InceptionWidths widths, long area) {
        return area * (in + widths.p2Reduce() + widths.p3Reduce() + 2L * widths.out());
    }
}
