package org.ascend4j.trainer.data;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The orientation field of a TIFF file. Pillow applies it when it loads a TIFF; it does not for other formats.
 *
 * @see <a href="https://www.itu.int/itudoc/itu-t/com16/tiff-fx/docs/tiff6.pdf">TIFF 6.0, page 36</a>
 */
final class TiffOrientation {
    private static final int TAG = 0x112;
    private static final int ENTRY_BYTES = 12;
    private static final int UPRIGHT = 1;
    private static final int MOST = 8;

    private TiffOrientation() {}

    /** Turns the picture of a TIFF file upright; returns pictures of other files unchanged. */
    static RgbImage upright(byte[] file, RgbImage image) {
        int orientation = of(ByteBuffer.wrap(file));
        return orientation == UPRIGHT ? image : turned(image, orientation);
    }

    private static int of(ByteBuffer file) {
        try {
            switch (file.getInt()) {
                case 0x49492a00 -> file.order(ByteOrder.LITTLE_ENDIAN);
                case 0x4d4d002a -> file.order(ByteOrder.BIG_ENDIAN);
                default -> {
                    return UPRIGHT;
                }
            }
            file.position(file.getInt());
            for (int entries = file.getShort() & 0xffff; entries > 0; entries--) {
                int entry = file.position();
                if ((file.getShort() & 0xffff) == TAG) {
                    int orientation = file.getShort(entry + ENTRY_BYTES - Integer.BYTES);
                    return orientation >= UPRIGHT && orientation <= MOST ? orientation : UPRIGHT;
                }
                file.position(entry + ENTRY_BYTES);
            }
            return UPRIGHT;
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            // The file is malformed; the picture is used as decoded.
            return UPRIGHT;
        }
    }

    /** Applies a TIFF orientation. Values from 5 on swap rows and columns; some values also reverse the columns, the rows or both. */
    private static RgbImage turned(RgbImage image, int orientation) {
        boolean transposed = orientation > 4;
        boolean fromRight = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
        boolean fromBottom = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
        int width = transposed ? image.height() : image.width();
        int height = transposed ? image.width() : image.height();
        int area = width * height;
        byte[] planes = new byte[RgbImage.CHANNELS * area];
        for (int i = 0; i < planes.length; i++) {
            int row = i % area / width;
            int column = i % width;
            int y = transposed ? column : row;
            int x = transposed ? row : column;
            int fromY = fromBottom ? image.height() - 1 - y : y;
            int fromX = fromRight ? image.width() - 1 - x : x;
            planes[i] = image.planes()[i / area * area + fromY * image.width() + fromX];
        }
        return new RgbImage(width, height, planes);
    }
}
