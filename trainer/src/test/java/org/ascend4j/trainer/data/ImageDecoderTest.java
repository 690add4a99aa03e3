package org.ascend4j.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.ascend4j.Ascend4jException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "profile.png",
                "palette.png",
                "grey16.png",
                "plain.bmp",
                "palette.bmp",
                "plain.gif",
                "rgb.tif",
                "grey.tif",
                "rgba.tif",
                "cmyk.tif",
                "deflate.tif",
                "int32.tif",
                "plain.webp",
                "profile.webp",
                "alpha.webp",
                "plain.ppm",
                "plain.pgm"
            })
    void readsLosslessFilesOfEveryKindAsPillowDoes(String name) {
        assertThat(decoded(name).planes()).isEqualTo(bytes("images/" + name + ".rgb"));
    }

    /**
     * Profiles and the camera's orientation are ignored; CMYK and YCCK are converted to RGB. The WebP decoder repeats
     * chroma values; Pillow's interpolates them.
     */
    @ParameterizedTest
    @CsvSource({
        "plain.jpg, 2",
        "progressive.jpg, 2",
        "profile.jpg, 2",
        "oriented.jpg, 2",
        "cmyk.jpg, 2",
        "ycck.jpg, 3",
        "lossy.webp, 12"
    })
    void readsLossyFilesAsPillowDoesWithinRounding(String name, int most) {
        byte[] found = decoded(name).planes();
        byte[] golden = bytes("images/" + name + ".rgb");
        assertThat(found).hasSameSizeAs(golden);
        for (int i = 0; i < golden.length; i++) {
            assertThat(Math.abs((found[i] & 0xff) - (golden[i] & 0xff)))
                    .as("%s at %d", name, i)
                    .isLessThanOrEqualTo(most);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain.jpg",
                "progressive.jpg",
                "profile.jpg",
                "cmyk.jpg",
                "ycck.jpg",
                "profile.png",
                "palette.png",
                "grey16.png",
                "plain.bmp",
                "palette.bmp",
                "plain.gif",
                "rgb.tif",
                "grey.tif",
                "cmyk.tif",
                "deflate.tif",
                "plain.webp",
                "lossy.webp",
                "alpha.webp",
                "plain.ppm",
                "plain.pgm"
            })
    void refusesFilesThatAreCutOff(String name) {
        byte[] whole = bytes("images/" + name);
        for (int length : new int[] {whole.length / 10, whole.length / 2, whole.length * 9 / 10, whole.length - 8}) {
            assertThatThrownBy(() -> ImageDecoder.decode("a/" + name, Arrays.copyOf(whole, length)))
                    .as("%d of %d bytes", length, whole.length)
                    .isInstanceOf(Ascend4jException.class)
                    .hasMessageMatching("a/" + name + " expects a (whole image, found one that (is cut off after "
                            + length + " bytes|cannot be decoded)|JPEG, PNG.*)");
        }
    }

    /** On these samples the JDK's TIFF reader threw unchecked exceptions, or the WebP reader did not end. */
    @ParameterizedTest
    @ValueSource(strings = {"divides-by-zero.tiff", "null-field.tiff", "reads-past-its-end.webp"})
    void damagedFilesAreAUsersError(String name) {
        assertThatThrownBy(() -> decoded(name))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("images/" + name + " expects a whole image, found one that cannot be decoded");
    }

    /** Pillow applies the orientation of TIFF files when it loads them; files of other formats stay as stored (oriented.jpg). */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void turnsTiffsByTheirOrientation(int orientation) {
        String name = "oriented" + orientation + ".tif";
        RgbImage image = decoded(name);
        assertThat(image.width()).isEqualTo(orientation < 5 ? 24 : 20);
        assertThat(image.planes()).isEqualTo(bytes("images/" + name + ".rgb"));
    }

    @Test
    void refusesGifsWhosePictureCoversAPartOfTheScreen() {
        byte[] gif = bytes("images/plain.gif");
        gif[6] += 1;
        assertThatThrownBy(() -> ImageDecoder.decode("a.gif", gif))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("a.gif expects a first picture of 25x20 pixels, the size of its screen, found one of 24x20;"
                        + " convert it");
    }

    @Test
    void refusesFloatingPoint() {
        assertThatThrownBy(() -> decoded("float.tif"))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("images/float.tif expects whole numbers as samples, found floating point; convert it");
    }

    @Test
    void refusesSizesBeforeTheirPixelsAreAllocated() {
        byte[] header = "P6 20000 20000 255\n".getBytes(StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> ImageDecoder.decode("bomb.ppm", header))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("bomb.ppm expects at most 89478485 pixels, found 400000000");
    }

    @Test
    void saysThatAFileIsEmpty() {
        assertThatThrownBy(() -> ImageDecoder.decode("a.jpg", new byte[0]))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("a.jpg expects an image, found an empty file");
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

    private static RgbImage decoded(String name) {
        return ImageDecoder.decode("images/" + name, bytes("images/" + name));
    }

    private static byte[] bytes(String name) {
        return GoldenBytes.of(ImageDecoderTest.class, name);
    }
}
