package org.ascend4j.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.ascend4j.Ascend4jException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {
    @ParameterizedTest
    @ValueSource(strings = {"grey.png", "greyalpha.png", "rgba.png", "palette.gif", "bilevel.png"})
    void convertsLosslessImagesAsPillowDoes(String name) {
        RgbImage image = ImageDecoder.decode(name, bytes(name));
        assertThat(image.width()).isEqualTo(6);
        assertThat(image.height()).isEqualTo(4);
        assertThat(image.planes()).isEqualTo(bytes(name + ".rgb"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"grey.jpg", "colour.jpg"})
    void decodesJpegWithinRounding(String name) {
        byte[] found = ImageDecoder.decode(name, bytes(name)).planes();
        byte[] golden = bytes(name + ".rgb");
        assertThat(found).hasSameSizeAs(golden);
        for (int i = 0; i < golden.length; i++) {
            assertThat(Math.abs((found[i] & 0xff) - (golden[i] & 0xff))).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void refusesInksThatItWouldTakeForColours() {
        assertThatThrownBy(() -> ImageDecoder.decode("a/cmyk.jpg", bytes("cmyk.jpg")))
                .isInstanceOf(Ascend4jException.class)
                .hasMessageStartingWith("a/cmyk.jpg expects a grey or RGB photograph, found CMYK");
    }

    @Test
    void saysThatTextIsNoImage() {
        assertThatThrownBy(() -> ImageDecoder.decode("a.jpg", "not an image".getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(Ascend4jException.class)
                .hasMessageContaining("found another kind of file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"grey.png", "rgba.png", "palette.gif", "colour.jpg"})
    void damageIsAUsersErrorOrAnImageOfTheSameSize(String name) {
        byte[] whole = bytes(name);
        RgbImage intact = ImageDecoder.decode(name, whole);
        SplittableRandom random = new SplittableRandom(1);
        int refused = 0;
        for (int round = 0; round < 300; round++) {
            byte[] damaged = Arrays.copyOf(whole, round % 2 == 0 ? whole.length : 1 + random.nextInt(whole.length));
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
            try {
                RgbImage image = ImageDecoder.decode(name, damaged);
                assertThat(image.planes()).hasSize(3 * image.width() * image.height());
            } catch (Ascend4jException e) {
                assertThat(e).hasMessageStartingWith(name + " expects");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(50);
        assertThat(intact.planes()).isNotEmpty();
    }

    private static byte[] bytes(String name) {
        return GoldenBytes.of(ImageDecoderTest.class, name);
    }
}
