package org.ascend4j.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BilinearResizeTest {
    @ParameterizedTest
    @ValueSource(ints = {20, 32, 64})
    void isPillowsBitForBit(int side) {
        RgbImage image = new RgbImage(50, 37, GoldenBytes.of(BilinearResizeTest.class, "rgb37x50.bin"));
        assertThat(BilinearResize.resize(image, side).planes())
                .isEqualTo(GoldenBytes.of(BilinearResizeTest.class, "rgb" + side + ".bin"));
    }
}
