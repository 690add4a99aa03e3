package org.ascend4j.trainer.data;

/**
 * Bilinear resizing with antialiasing, bit for bit equal to Pillow's {@code resize(size, BILINEAR)}, and so to
 * torchvision's {@code Resize} on a PIL image.
 *
 * <p>There are two passes, rows first. Each is a weighted sum in 22-bit fixed point with a triangular filter, which is
 * widened when shrinking. The result of the first pass is rounded to 8 bits.
 *
 * @see <a href="https://github.com/python-pillow/Pillow/blob/main/src/libImaging/Resample.c">Pillow's Resample.c</a>
 */
final class BilinearResize {
    private static final int PRECISION = 22;

    private BilinearResize() {}

    /** Resizes to {@code side} x {@code side} pixels; the proportions of the image are not kept. */
    static RgbImage resize(RgbImage image, int side) {
        return new RgbImage(
                side, side, resize(image.planes(), RgbImage.CHANNELS, image.height(), image.width(), side, side));
    }

    /** Resizes {@code planes} images of {@code height} x {@code width} unsigned bytes each. */
    static byte[] resize(byte[] values, int planes, int height, int width, int toHeight, int toWidth) {
        byte[] wide = width == toWidth ? values : alongRows(values, planes * height, width, toWidth);
        if (height == toHeight) {
            return wide;
        }
        Weights weights = Weights.of(height, toHeight);
        byte[] result = new byte[planes * toHeight * toWidth];
        for (int plane = 0; plane < planes; plane++) {
            for (int y = 0; y < toHeight; y++) {
                for (int x = 0; x < toWidth; x++) {
                    int from = (plane * height + weights.first[y]) * toWidth + x;
                    result[(plane * toHeight + y) * toWidth + x] = weights.sum(y, wide, from, toWidth);
                }
            }
        }
        return result;
    }

    private static byte[] alongRows(byte[] values, int rows, int width, int toWidth) {
        Weights weights = Weights.of(width, toWidth);
        byte[] result = new byte[rows * toWidth];
        for (int row = 0; row < rows; row++) {
            for (int x = 0; x < toWidth; x++) {
                result[row * toWidth + x] = weights.sum(x, values, row * width + weights.first[x], 1);
            }
        }
        return result;
    }

    /**
     * The weights of the sources of each target pixel.
     *
     * @param first index of the first source
     * @param fixed weights of the first and the following sources, in units of 2^-22
     */
    private record Weights(int[] first, int[][] fixed) {
        static Weights of(int from, int to) {
            double scale = (double) from / to;
            double support = Math.max(scale, 1.0);
            int[] first = new int[to];
            int[][] fixed = new int[to][];
            for (int i = 0; i < to; i++) {
                double center = (i + 0.5) * scale;
                int start = Math.max(0, (int) (center - support + 0.5));
                int end = Math.min(from, (int) (center + support + 0.5));
                first[i] = start;
                fixed[i] = triangle(start, end, center, 1.0 / support);
            }
            return new Weights(first, fixed);
        }

        private static int[] triangle(int start, int end, double center, double inverseSupport) {
            double[] weights = new double[end - start];
            double total = 0;
            for (int k = 0; k < weights.length; k++) {
                double distance = Math.abs((k + start - center + 0.5) * inverseSupport);
                weights[k] = distance < 1.0 ? 1.0 - distance : 0.0;
                total += weights[k];
            }
            int[] fixed = new int[weights.length];
            for (int k = 0; k < weights.length; k++) {
                fixed[k] = (int) (0.5 + weights[k] * (1.0 / total) * (1 << PRECISION));
            }
            return fixed;
        }

        byte sum(int target, byte[] values, int from, int stride) {
            int sum = 1 << (PRECISION - 1);
            int at = from;
            for (int weight : fixed[target]) {
                sum += (values[at] & 0xff) * weight;
                at += stride;
            }
            return (byte) Math.min(255, Math.max(0, sum >> PRECISION));
        }
    }
}
