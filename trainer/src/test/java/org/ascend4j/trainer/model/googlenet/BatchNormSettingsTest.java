package org.ascend4j.trainer.model.googlenet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.ascend4j.Ascend4jException;
import org.ascend4j.nn.BatchNorm;
import org.ascend4j.runtime.TorchRuntime;
import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.model.Models;
import org.ascend4j.trainer.recipe.Recipe;
import org.ascend4j.trainer.train.TinyRun;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Compares the batch norms of networks made with settings with closed forms. */
class BatchNormSettingsTest {
    private static final String[] SETTINGS = {
        "model.batch_norm=true", "model.aux=true", "model.batch_norm_momentum=0.25", "model.batch_norm_eps=0.75"
    };

    @BeforeAll
    static void load() {
        TorchRuntime.load();
    }

    @Test
    void allNormsOfTheNetworkAndItsCopiesHaveTheSettings() {
        try (ImageClassifier model = model(SETTINGS);
                ImageClassifier copy = model.emptyCopy()) {
            assertThat(norms(copy)).hasSameSizeAs(norms(model)).hasSize(59);
            norms(model).forEach(BatchNormSettingsTest::check);
            norms(copy).forEach(BatchNormSettingsTest::check);
        }
    }

    /** A batch of the values 1 and 2 has mean 1.5, variance 0.25 (unbiased 0.5), so 2 becomes 0.5 / sqrt(0.25 + 0.75). */
    private static void check(BatchNorm norm) {
        try (PointerScope scope = new PointerScope()) {
            long channels = norm.weight().size(0);
            Tensor batch = torch.cat(
                    new TensorVector(
                            torch.ones(1, channels, 1, 1),
                            torch.ones(1, channels, 1, 1).add(torch.ones(1, channels, 1, 1))),
                    0);
            Tensor output = norm.forward(batch);
            assertThat(output.select(0, 1).select(0, 0).item_double()).isCloseTo(0.5, within(1e-6));
            assertThat(norm.runningMean().select(0, 0).item_double()).isCloseTo(0.25 * 1.5, within(1e-6));
            assertThat(norm.runningVariance().select(0, 0).item_double()).isCloseTo(0.75 + 0.25 * 0.5, within(1e-6));
        }
    }

    @Test
    void valuesOutOfRangeAreRefused() {
        assertThatThrownBy(() -> model("model.batch_norm_momentum=1.5"))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("model.batch_norm_momentum expects 0 to 1, found 1.5");
        assertThatThrownBy(() -> model("model.batch_norm_eps=0.0"))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("model.batch_norm_eps expects a positive number, found 0.0");
    }

    private static ImageClassifier model(String... settings) {
        Recipe recipe = TinyRun.recipe(settings);
        return Models.create("googlenet", 3, 10, recipe.model().settings());
    }

    private static List<BatchNorm> norms(ImageClassifier model) {
        return model.tree().stream()
                .filter(BatchNorm.class::isInstance)
                .map(BatchNorm.class::cast)
                .toList();
    }
}
