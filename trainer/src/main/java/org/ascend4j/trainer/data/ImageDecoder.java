package org.ascend4j.trainer.data;

import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.ascend4j.Ascend4jException;

/** Decodes image files as Pillow's {@code convert("RGB")} does: grey is repeated, transparency is dropped. */
final class ImageDecoder {
    /** Larger images are refused before their pixels are allocated. */
    private static final long MOST_PIXELS = 100_000_000;

    private ImageDecoder() {}

    /** Decodes the first image of {@code bytes}; {@code file} names it in messages. */
    static RgbImage decode(String file, byte[] bytes) {
        try (ImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
            if (!readers.hasNext()) {
                throw new Ascend4jException(
                        file + " expects a JPEG, PNG, GIF, BMP, TIFF or WBMP image, found another kind of file");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(stream, true, true);
                long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
                if (pixels > MOST_PIXELS) {
                    throw new Ascend4jException(file + " expects at most " + MOST_PIXELS + " pixels, found " + pixels);
                }
                BufferedImage image = reader.read(0);
                // The JDK takes the four inks of a CMYK photograph for red, green, blue and transparency.
                if (reader.getFormatName().equalsIgnoreCase("jpeg")
                        && image.getRaster().getNumBands() > RgbImage.CHANNELS) {
                    throw new Ascend4jException(file + " expects a grey or RGB photograph, found CMYK; convert it");
                }
                return rgb(image);
            } finally {
                reader.dispose();
            }
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException | NegativeArraySizeException e) {
            // The JDK's readers report some broken files by unchecked exceptions.
            throw new Ascend4jException(
                    file + " expects a whole grey, RGB or RGBA image, found one that Java cannot decode: "
                            + e.getMessage(),
                    e);
        }
    }

    private static RgbImage rgb(BufferedImage image) {
        Raster raster = image.getRaster();
        boolean grey = raster.getNumBands() <= 2 && image.getColorModel() instanceof ComponentColorModel;
        return grey ? grey(image, raster) : colour(image);
    }

    /** Repeats the grey values as they are; getRGB would brighten them, taking them for linear light. */
    private static RgbImage grey(BufferedImage image, Raster raster) {
        int width = image.getWidth();
        int height = image.getHeight();
        int area = width * height;
        int shift = Math.max(0, raster.getSampleModel().getSampleSize(0) - 8);
        int[] row = new int[width];
        byte[] planes = new byte[RgbImage.CHANNELS * area];
        for (int y = 0; y < height; y++) {
            raster.getSamples(0, y, width, 1, 0, row);
            for (int x = 0; x < width; x++) {
                planes[y * width + x] = (byte) (row[x] >> shift);
            }
        }
        System.arraycopy(planes, 0, planes, area, area);
        System.arraycopy(planes, 0, planes, 2 * area, area);
        return new RgbImage(width, height, planes);
    }

    private static RgbImage colour(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        int area = width * height;
        int[] row = new int[width];
        byte[] planes = new byte[RgbImage.CHANNELS * area];
        for (int y = 0; y < height; y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int x = 0; x < width; x++) {
                int at = y * width + x;
                planes[at] = (byte) (row[x] >> 16);
                planes[at + area] = (byte) (row[x] >> 8);
                planes[at + 2 * area] = (byte) row[x];
            }
        }
        return new RgbImage(width, height, planes);
    }
}
