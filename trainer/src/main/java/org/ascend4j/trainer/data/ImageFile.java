package org.ascend4j.trainer.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.ascend4j.Ascend4jException;
import org.ascend4j.FileErrors;

/** One image file, made to fit a model: any format that ImageIO reads, any size, colour or grey. */
public final class ImageFile {
    private static final int GREY = 1;

    private ImageFile() {}

    /**
     * Reads an image and makes it of the data set's size: square ones by {@link ImageFit}, others whatever their proportions.
     *
     * @param channels 3 for red, green and blue, 1 for luminance
     * @return C x H x W unsigned bytes
     * @throws Ascend4jException if the file is missing or is not an image, or for another number of channels
     */
    public static byte[] read(Path file, int channels, int height, int width) {
        return decode(file.toString(), bytes(file), channels, height, width);
    }

    /** The same for a file's bytes; {@code name} says in messages what they are. */
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

    /** Weighs the colours as ITU-R BT.601 and so as Pillow's {@code convert("L")}, in its 16-bit fixed point. */
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
