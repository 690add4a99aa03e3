package org.ascend4j.trainer.data;

/**
 * One image in a Java array.
 *
 * @param channels 3 for red, green and blue, 1 for grey
 * @param height rows
 * @param width columns
 * @param planes channels x height x width unsigned bytes
 * @since 0.1.0
 */
public record PlainImage(int channels, int height, int width, byte[] planes) {
    /** Cuts out {@code rows} x {@code columns} pixels and resizes them, bit for bit equal to torchvision's {@code resized_crop} of a PIL image. */
    public PlainImage resizedCrop(int top, int left, int rows, int columns, int toHeight, int toWidth) {
        byte[] part = new byte[channels * rows * columns];
        for (int row = 0; row < channels * rows; row++) {
            int from = (row / rows * height + top + row % rows) * width + left;
            System.arraycopy(planes, from, part, row * columns, columns);
        }
        byte[] resized = BilinearResize.resize(part, channels, rows, columns, toHeight, toWidth);
        return new PlainImage(channels, toHeight, toWidth, resized);
    }
}
