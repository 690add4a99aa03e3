package org.ascend4j.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.function.BiPredicate;
import org.ascend4j.Ascend4jException;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.model.Models;
import org.ascend4j.trainer.recipe.ModelSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Uses 24 images of 32x32, of which the Ascend tutorial's network makes maps of one pixel. */
class SingleImageBatchTest {
    @ParameterizedTest
    @CsvSource({
        "24, 8, 1, false",
        "25, 8, 1, true",
        "8, 1, 1, true",
        "8, 8, 8, true",
        "9, 8, 8, false",
        "17, 16, 8, false",
        "16, 8, 2, false",
        "2, 8, 2, true",
        "18, 8, 2, true"
    })
    void dealsAStepOutAsTheLoopDoes(int images, int batch, int ranks, boolean single) {
        assertThat(SingleImageBatch.hasSingle(images, batch, ranks)).isEqualTo(single);
    }

    @ParameterizedTest
    @CsvSource({"23, 1", "1, 1", "8, 8"})
    void refusesTheRunBeforeItsFirstStep(int batch, int ranks) {
        assertThatThrownBy(() -> check(ranks, "model.batch_norm=true", "batch_size=" + batch))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("batch norm expects two images or more in every batch, found one in a batch of 24 training"
                        + " images in batches of " + batch + (ranks > 1 ? " on 8 processes" : "")
                        + "; set --batch-size to another number");
    }

    @Test
    void allowsSingleImagesWithoutBatchNormAndOfLargeMaps() {
        assertThat(isForeseen("model.batch_norm=true", "batch_size=23")).isTrue();
        assertThat(isForeseen("batch_size=23")).isFalse();
        assertThat(isForeseen("model.batch_norm=true", "model.stem=cifar", "batch_size=23"))
                .isFalse();
        assertThat(isForeseen("model.batch_norm=true", "batch_size=8")).isFalse();
    }

    private static void check(int ranks, String... overrides) {
        with(overrides, (model, settings) -> {
            SingleImageBatch.refuse(model, settings, TinyRun.shapes().train(), ranks);
            return true;
        });
    }

    private static boolean isForeseen(String... overrides) {
        return with(
                overrides,
                (model, settings) -> SingleImageBatch.isForeseen(
                        model, settings, TinyRun.shapes().train(), 1));
    }

    private static boolean with(String[] overrides, BiPredicate<ImageClassifier, RunSettings> question) {
        try (DeviceBackend cpu = TinyRun.cpu()) {
            RunSettings settings = TinyRun.settings(cpu, Path.of("unused"), overrides);
            ModelSettings recipe = settings.recipe().model();
            try (ImageClassifier model = Models.create(recipe.kind(), 3, 10, recipe.settings())) {
                return question.test(model, settings);
            }
        }
    }
}
