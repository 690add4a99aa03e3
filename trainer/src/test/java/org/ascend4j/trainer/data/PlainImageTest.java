package org.ascend4j.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainImageTest {
    /** Uses the whole image, a small part that is enlarged, and a single row; made by crop_goldens.py. */
    @ParameterizedTest
    @CsvSource({"0, 0, 0, 37, 50", "1, 5, 7, 9, 8", "2, 36, 0, 1, 50"})
    void aResizedCropIsTorchvisions(int index, int top, int left, int height, int width) {
        PlainImage image = new PlainImage(3, 37, 50, GoldenBytes.of(PlainImageTest.class, "rgb37x50.bin"));
        byte[] golden = GoldenBytes.of(PlainImageTest.class, "resized-crops.bin");
        int bytes = 3 * 20 * 16;
        assertThat(image.resizedCrop(top, left, height, width, 20, 16).planes())
                .isEqualTo(Arrays.copyOfRange(golden, index * bytes, (index + 1) * bytes));
    }
}
