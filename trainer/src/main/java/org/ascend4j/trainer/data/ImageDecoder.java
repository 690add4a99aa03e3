package org.ascend4j.trainer.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.ascend4j.Ascend4jException;

/**
 * Decodes image files as Pillow's {@code open(...).convert("RGB")} does, and so as torchvision's loader: colour
 * profiles and the camera's orientation are ignored, except for the orientation in TIFF files.
 */
final class ImageDecoder {
    /** The size above which Pillow warns of a decompression bomb. */
    private static final long MOST_PIXELS = 89_478_485;
    /** Bytes per pixel of a decoder's buffers and of {@link RgbImage}, with four samples of 16 bits. */
    private static final long BYTES_A_PIXEL = 16;

    private ImageDecoder() {}

    /** Decodes the first image of {@code bytes}; messages refer to it as {@code file}. */
    static RgbImage decode(String file, byte[] bytes) {
        if (bytes.length == 0) {
            throw new Ascend4jException(file + " expects an image, found an empty file");
        }
        try {
            return decodePlain(file, ImageContainer.withoutProfile(file, bytes));
        } catch (Ascend4jException e) {
            throw e;
        } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
            // Decoders throw many kinds of exceptions for broken files, and allocate as much memory as a header claims.
            throw new Ascend4jException(file + " expects a whole image, found one that cannot be decoded", e);
        }
    }

    private static RgbImage decodePlain(String file, byte[] plain) throws IOException {
        try (ImageInputStream stream = new EndingInput(plain)) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
            if (!readers.hasNext()) {
                throw new Ascend4jException(
                        file
                                + " expects a JPEG, PNG, GIF, BMP, TIFF, WebP, PPM, PGM or WBMP image, found another kind of file");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(stream, true, true);
                checkSize(file, (long) reader.getWidth(0) * reader.getHeight(0));
                requireWholeScreen(file, plain, reader);
                return TiffOrientation.upright(plain, PixelConversion.rgb(file, reader.read(0)));
            } finally {
                reader.dispose();
            }
        }
    }

    /** Throws for a GIF whose first picture covers only a part of its screen: Pillow shows the screen, the decoder only the part. */
    private static void requireWholeScreen(String file, byte[] bytes, ImageReader reader) throws IOException {
        if (reader.getFormatName().equalsIgnoreCase("gif")) {
            ByteBuffer screen = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            int width = screen.getShort(6) & 0xffff;
            int height = screen.getShort(8) & 0xffff;
            if (width != reader.getWidth(0) || height != reader.getHeight(0)) {
                throw new Ascend4jException(file + " expects a first picture of " + width + "x" + height
                        + " pixels, the size of its screen, found one of " + reader.getWidth(0) + "x"
                        + reader.getHeight(0) + "; convert it");
            }
        }
    }

    private static void checkSize(String file, long pixels) {
        if (pixels > MOST_PIXELS) {
            throw new Ascend4jException(file + " expects at most " + MOST_PIXELS + " pixels, found " + pixels);
        }
        long heap = Runtime.getRuntime().maxMemory();
        if (pixels * BYTES_A_PIXEL > heap) {
            throw new Ascend4jException(file + " expects at most " + heap / BYTES_A_PIXEL + " pixels in a Java heap of "
                    + (heap >> 20) + " MiB, found " + pixels + "; set ASCEND4J_JAVA_OPTIONS to a larger -Xmx");
        }
    }
}
