package org.ascend4j.trainer.model.googlenet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.ascend4j.Ascend4jException;
import org.ascend4j.runtime.TorchRuntime;
import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.model.Models;
import org.ascend4j.trainer.train.TinyRun;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares networks of other widths with the scaled table of the paper. */
class WidthTest {
    /** The paper's table 1. */
    private static final int[][] BLOCKS = {
        {64, 96, 128, 16, 32, 32},
        {128, 128, 192, 32, 96, 64},
        {192, 96, 208, 16, 48, 64},
        {160, 112, 224, 24, 64, 64},
        {128, 128, 256, 24, 64, 64},
        {112, 144, 288, 32, 64, 64},
        {256, 160, 320, 32, 128, 128},
        {256, 160, 320, 32, 128, 128},
        {384, 192, 384, 48, 128, 128}
    };

    @BeforeAll
    static void load() {
        TorchRuntime.load();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 1, 1.3})
    void theNumberOfParametersIsThatOfTheScaledTable(double width) {
        int first = scale(64, width);
        long in = scale(192, width);
        long expected = first * (3 * 9 + 1) + (long) first * (first + 1) + in * (first * 9 + 1);
        for (int[] block : BLOCKS) {
            long[] c = new long[6];
            for (int i = 0; i < 6; i++) {
                c[i] = scale(block[i], width);
            }
            expected += (c[0] + c[1] + c[3] + c[5]) * (in + 1) + c[2] * (9 * c[1] + 1) + c[4] * (25 * c[3] + 1);
            in = c[0] + c[2] + c[4] + c[5];
        }
        expected += 10 * (in + 1);
        try (ImageClassifier model = model("model.stem=cifar", "model.width=" + width);
                ImageClassifier copy = model.emptyCopy()) {
            assertThat(parameters(model)).isEqualTo(expected);
            assertThat(parameters(copy)).isEqualTo(expected);
        }
    }

    @Test
    void aWidthOutOfRangeIsRefused() {
        assertThatThrownBy(() -> model("model.width=0.1"))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("model.width expects 0.125 to 8, found 0.1");
    }

    private static int scale(int channels, double width) {
        return Math.max(8, 8 * (int) Math.round(channels * width / 8));
    }

    private static long parameters(ImageClassifier model) {
        return model.namedParameters().values().stream()
                .mapToLong(Tensor::numel)
                .sum();
    }

    private static ImageClassifier model(String... settings) {
        return Models.create(
                "googlenet", 3, 10, TinyRun.recipe(settings).model().settings());
    }
}
