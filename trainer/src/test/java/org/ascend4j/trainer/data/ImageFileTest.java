package org.ascend4j.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.ascend4j.Ascend4jException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageFileTest {
    @TempDir
    private Path folder;

    @Test
    void colourComesPlaneByPlane() throws IOException {
        Path file = image("png", 2, 1, 0x010203, 0xFF8040);
        assertThat(ImageFile.read(file, 3, 1, 2)).containsExactly(0x01, 0xFF, 0x02, 0x80, 0x03, 0x40);
    }

    /** The weights of ITU-R BT.601, 0.299, 0.587 and 0.114, rounded: Pillow's mode L. */
    @ParameterizedTest
    @CsvSource({"0xFF0000, 76", "0x00FF00, 150", "0x0000FF, 29", "0xFFFFFF, 255", "0x010101, 1", "0x7B2D4E, 72"})
    void greyIsTheLuminance(String rgb, int luminance) throws IOException {
        Path file = image("png", 1, 1, Integer.decode(rgb));
        assertThat(ImageFile.read(file, 1, 1, 1)[0] & 0xFF).isEqualTo(luminance);
    }

    @ParameterizedTest
    @CsvSource({"png", "jpg", "gif", "bmp", "tiff"})
    void anyFormatAndSizeBecomesTheModels(String format) throws IOException {
        int[] white = new int[50 * 20];
        Arrays.fill(white, 0xFFFFFF);
        byte[] pixels = ImageFile.read(image(format, 50, 20, white), 3, 8, 16);
        assertThat(pixels).hasSize(3 * 8 * 16).containsOnly(0xFF);
    }

    @Test
    void missingAndForeignFilesAreTold() throws IOException {
        Path missing = folder.resolve("missing.png");
        assertThatThrownBy(() -> ImageFile.read(missing, 3, 8, 8))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("image " + missing + " does not exist");
        Path text = Files.writeString(folder.resolve("text.png"), "text");
        assertThatThrownBy(() -> ImageFile.read(text, 3, 8, 8))
                .isInstanceOf(Ascend4jException.class)
                .hasMessageStartingWith(text + " expects a JPEG, PNG, GIF, BMP, TIFF, WebP, PPM, PGM or WBMP image");
        assertThatThrownBy(() -> ImageFile.read(text, 4, 8, 8))
                .hasMessage("image files give 3 channels or 1, the model expects 4; train it on either");
    }

    private Path image(String format, int width, int height, int... rgb) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, width, height, rgb, 0, width);
        Path file = folder.resolve("image." + format);
        assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
        return file;
    }
}
