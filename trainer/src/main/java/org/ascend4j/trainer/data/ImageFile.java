package org.ascend4j.trainer.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.ascend4j.Ascend4jException;
import org.ascend4j.FileErrors;

/**
 * Reads one image file and fits it to a model: any format that ImageIO reads, any size, colour or grey.
 *
 * @since 0.1.0
 */
public final class ImageFile {
    private static final int GREY = 1;

    private ImageFile() {}

    /**
     * Reads an image and resizes it to a data set's size. For a square size it uses {@link ImageFit}; for others it
     * does not keep the proportions.
     *
     * @param channels 3 for red, green and blue, 1 for luminance
     * @return C x H x W unsigned bytes
     * @throws Ascend4jException if the file is missing or is not an image, or if {@code channels} is neither 1 nor 3
     */
    public static byte[] read(Path file, int channels, int height, int width) {
        return decode(file.toString(), bytes(file), channels, height, width);
    }

    /** Decodes and resizes an image as {@link #read} does, from a file's bytes; messages refer to it as {@code name}. */
    public static byte[] decode(String name, byte[] bytes, int channels, int height, int width) {
        if (channels != GREY && channels != RgbImage.CHANNELS) {
            throw new Ascend4jException(
                    "image files give 3 channels or 1, the model expects " + channels + "; train it on either");
        }
        RgbImage image = ImageDecoder.decode(name, bytes);
        byte[] planes = channels == GREY ? luminance(image) : image.planes();
        return height == width
                ? ImageFit.square(planes, channels, image.height(), image.width(), height)
                : BilinearResize.resize(planes, channels, image.height(), image.width(), height, width);
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new Ascend4jException("image " + file + " does not exist", e);
        } catch (IOException e) {
            throw new Ascend4jException("image " + file + " cannot be read: " + FileErrors.reason(e), e);
        }
    }

    /** Weights the colours by ITU-R BT.601, in 16-bit fixed point as Pillow's {@code convert("L")}. */
    private static byte[] luminance(RgbImage image) {
        int area = image.width() * image.height();
        byte[] rgb = image.planes();
        byte[] grey = new byte[area];
        for (int i = 0; i < area; i++) {
            int red = rgb[i] & 0xFF;
            int green = rgb[i + area] & 0xFF;
            int blue = rgb[i + 2 * area] & 0xFF;
            grey[i] = (byte) ((red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16);
        }
        return grey;
    }
}
