package org.ascend4j.trainer.data;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import org.ascend4j.Ascend4jException;

/**
 * Converts decoded samples to red, green and blue bytes by the rules of Pillow's {@code convert("RGB")}: grey is
 * repeated, transparency is dropped, colours of more than 8 bits keep their upper 8 bits, and grey samples of 16 and 32
 * bits are clipped to 0 to 255.
 *
 * @see <a href="https://github.com/python-pillow/Pillow/blob/main/src/libImaging/Convert.c">Pillow's Convert.c</a>
 */
final class PixelConversion {
    private static final int INKS = 4;

    private PixelConversion() {}

    /** Converts an image; messages refer to it as {@code file}. */
    static RgbImage rgb(String file, BufferedImage image) {
        Raster raster = image.getRaster();
        ColorModel model = image.getColorModel();
        int bands = raster.getNumBands();
        if (raster.getTransferType() == DataBuffer.TYPE_FLOAT || raster.getTransferType() == DataBuffer.TYPE_DOUBLE) {
            // The decoder has already clipped them to 0 to 1, which Pillow does not do.
            throw new Ascend4jException(file + " expects whole numbers as samples, found floating point; convert it");
        }
        if (model instanceof IndexColorModel palette) {
            return palette(palette, raster);
        }
        if (bands <= 2) {
            return grey(raster);
        }
        if (bands > INKS) {
            throw new Ascend4jException(file + " expects 1 to 4 samples a pixel, found " + bands);
        }
        return model.getColorSpace().getNumComponents() == INKS ? inks(raster) : colour(raster);
    }

    private static RgbImage palette(IndexColorModel palette, Raster raster) {
        int[] colours = new int[palette.getMapSize()];
        palette.getRGBs(colours);
        return rows(raster, (samples, x, planes, at, area) -> {
            int colour = samples[0][x] < colours.length ? colours[(int) samples[0][x]] : 0;
            planes[at] = (byte) (colour >> 16);
            planes[at + area] = (byte) (colour >> 8);
            planes[at + 2 * area] = (byte) colour;
        });
    }

    /** Uses the values unchanged; getRGB would treat them as linear light and brighten them. */
    private static RgbImage grey(Raster raster) {
        boolean pair = raster.getNumBands() == 2;
        int shift = Math.max(0, raster.getSampleModel().getSampleSize(0) - Byte.SIZE);
        return rows(raster, (samples, x, planes, at, area) -> {
            // Pillow has a mode for deep grey but none for deep grey with transparency, which it reduces to 8 bits.
            int value = pair ? (int) samples[0][x] >> shift : (int) Math.min(255, Math.max(0, samples[0][x]));
            planes[at] = (byte) value;
            planes[at + area] = (byte) value;
            planes[at + 2 * area] = (byte) value;
        });
    }

    private static RgbImage colour(Raster raster) {
        int[] bits = raster.getSampleModel().getSampleSize();
        return rows(raster, (samples, x, planes, at, area) -> {
            for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
                int value = (int) samples[channel][x];
                planes[at + channel * area] = (byte)
                        (bits[channel] < Byte.SIZE
                                ? value * 255 / ((1 << bits[channel]) - 1)
                                : value >> bits[channel] - Byte.SIZE);
            }
        });
    }

    /** Converts cyan, magenta, yellow and black: a channel is {@code (255 - ink) * (255 - black) / 255}, rounded as Pillow does. */
    private static RgbImage inks(Raster raster) {
        return rows(raster, (samples, x, planes, at, area) -> {
            int left = 255 - (int) samples[INKS - 1][x];
            for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
                int product = (int) samples[channel][x] * left + 128;
                planes[at + channel * area] = (byte) Math.max(0, left - ((product >> 8) + product >> 8));
            }
        });
    }

    private interface Pixel {
        /** Converts column {@code x} of a row's {@code samples} (band by band) to index {@code at} of each plane of {@code area} values. */
        void convert(double[][] samples, int x, byte[] planes, int at, int area);
    }

    private static RgbImage rows(Raster raster, Pixel pixel) {
        int width = raster.getWidth();
        int height = raster.getHeight();
        int area = Math.multiplyExact(width, height);
        byte[] planes = new byte[Math.multiplyExact(RgbImage.CHANNELS, area)];
        double[][] samples = new double[raster.getNumBands()][width];
        for (int y = 0; y < height; y++) {
            for (int band = 0; band < samples.length; band++) {
                raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, band, samples[band]);
            }
            for (int x = 0; x < width; x++) {
                pixel.convert(samples, x, planes, y * width + x, area);
            }
        }
        return new RgbImage(width, height, planes);
    }
}
