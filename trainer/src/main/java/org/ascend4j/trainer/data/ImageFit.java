package org.ascend4j.trainer.data;

/**
 * Makes images of any proportions square: resizes the shorter side to the wanted length and cuts out the middle, as
 * torchvision's {@code Resize(side)} and {@code CenterCrop(side)}.
 */
final class ImageFit {
    private ImageFit() {}

    /** Fits {@code planes} planes of {@code height} x {@code width} unsigned bytes. */
    static byte[] square(byte[] values, int planes, int height, int width, int side) {
        int shorter = Math.min(height, width);
        int tall = (int) ((long) side * height / shorter);
        int wide = (int) ((long) side * width / shorter);
        byte[] resized = BilinearResize.resize(values, planes, height, width, tall, wide);
        // Rounds as Python's round, with halves to the nearest even number.
        int top = (int) Math.rint((tall - side) / 2.0);
        int left = (int) Math.rint((wide - side) / 2.0);
        byte[] middle = new byte[planes * side * side];
        for (int row = 0; row < planes * side; row++) {
            int from = (row / side * tall + top + row % side) * wide + left;
            System.arraycopy(resized, from, middle, row * side, side);
        }
        return middle;
    }

    /** Fits a colour image. */
    static RgbImage square(RgbImage image, int side) {
        return new RgbImage(side, side, square(image.planes(), RgbImage.CHANNELS, image.height(), image.width(), side));
    }
}
