package org.ascend4j.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageFitTest {
    /** Uses a landscape of 50 x 37 and a portrait of 37 x 50 pixels. */
    @ParameterizedTest
    @CsvSource({"20, 50, 37, wide20.bin", "41, 50, 37, wide41.bin", "20, 37, 50, tall20.bin"})
    void isTorchvisionsResizeAndCenterCrop(int side, int width, int height, String golden) {
        byte[] planes = GoldenBytes.of(ImageFitTest.class, "rgb37x50.bin");
        assertThat(ImageFit.square(new RgbImage(width, height, planes), side).planes())
                .isEqualTo(GoldenBytes.of(ImageFitTest.class, golden));
    }
}
