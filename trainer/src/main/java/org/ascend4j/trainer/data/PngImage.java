package org.ascend4j.trainer.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * An image of a data set as a PNG, for display. It does not use Java2D, which needs an X server if {@code DISPLAY} is set.
 *
 * @since 0.1.0
 */
public final class PngImage {
    private static final int GREY = 1;
    private static final int GAP = 2;

    private final BufferedImage image;

    private PngImage(BufferedImage image) {
        this.image = image;
    }

    /** Returns whether images with this number of channels can be shown: 1 (grey) or 3 (red, green, blue). */
    public static boolean canShow(int channels) {
        return channels == GREY || channels == RgbImage.CHANNELS;
    }

    /** Makes a picture of C x H x W unsigned bytes; C is 1 or 3. */
    public static PngImage of(byte[] planes, int channels, int height, int width) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int area = height * width;
        int green = channels == GREY ? 0 : area;
        int blue = channels == GREY ? 0 : 2 * area;
        for (int i = 0; i < area; i++) {
            int rgb = (planes[i] & 0xFF) << 16 | (planes[i + green] & 0xFF) << 8 | planes[i + blue] & 0xFF;
            image.setRGB(i % width, i / width, rgb);
        }
        return new PngImage(image);
    }

    /** Makes a picture as {@link #of(byte[], int, int, int)} does, with at most {@code longest} pixels on the longer side. */
    public static PngImage of(byte[] planes, int channels, int height, int width, int longest) {
        int side = Math.max(height, width);
        if (side <= longest) {
            return of(planes, channels, height, width);
        }
        int low = Math.max(1, height * longest / side);
        int narrow = Math.max(1, width * longest / side);
        return of(BilinearResize.resize(planes, channels, height, width, low, narrow), channels, low, narrow);
    }

    /** Arranges images of one size in rows of {@code columns}, with a gap between them. */
    public static PngImage grid(List<PngImage> images, int columns) {
        int width = images.get(0).width();
        int height = images.get(0).height();
        int rows = (images.size() + columns - 1) / columns;
        BufferedImage all = new BufferedImage(
                Math.min(columns, images.size()) * (width + GAP) - GAP,
                rows * (height + GAP) - GAP,
                BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < images.size(); i++) {
            int[] pixels = images.get(i).image.getRGB(0, 0, width, height, null, 0, width);
            all.setRGB(i % columns * (width + GAP), i / columns * (height + GAP), width, height, pixels, 0, width);
        }
        return new PngImage(all);
    }

    /** Returns the width W. */
    public int width() {
        return image.getWidth();
    }

    /** Returns the height H. */
    public int height() {
        return image.getHeight();
    }

    /** Returns the bytes of the PNG file. */
    public byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            // ImageIO's cache is a temporary file; reports must also be written when the temporary folder is full.
            ImageIO.setUseCache(false);
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
