package org.ascend4j.trainer.input;

import java.util.SplittableRandom;
import org.ascend4j.Ascend4jException;

/**
 * A crop of random size, proportions and position, as torchvision's {@code RandomResizedCrop(size, scale, ratio)} of a
 * PIL image.
 *
 * @param minScale smallest share of the image's area, more than 0
 * @param maxScale largest share, at most 1
 * @param minRatio smallest ratio of width to height, more than 0
 * @param maxRatio largest ratio of width to height
 * @since 0.1.0
 */
public record RandomResizedCrop(double minScale, double maxScale, double minRatio, double maxRatio) {
    private static final int ATTEMPTS = 10;

    /** The position and size of a crop. */
    record Box(int top, int left, int height, int width) {}

    /** Checks the ranges. */
    public RandomResizedCrop {
        if (!(minScale > 0 && minScale <= maxScale && maxScale <= 1)) {
            throw new Ascend4jException("a random resized crop expects a scale of more than 0 to at most 1, found "
                    + minScale + " to " + maxScale);
        }
        if (!(minRatio > 0 && minRatio <= maxRatio)) {
            throw new Ascend4jException(
                    "a random resized crop expects a ratio of more than 0, found " + minRatio + " to " + maxRatio);
        }
    }

    /**
     * Draws a crop, uniform in area and in the logarithm of the ratio. After ten crops that do not fit it returns the
     * largest possible one in the middle.
     */
    Box box(SplittableRandom random, int height, int width) {
        double logMin = StrictMath.log(minRatio);
        double logMax = StrictMath.log(maxRatio);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            double area = (double) height * width * between(random, minScale, maxScale);
            double ratio = StrictMath.exp(between(random, logMin, logMax));
            int columns = (int) Math.rint(Math.sqrt(area * ratio));
            int rows = (int) Math.rint(Math.sqrt(area / ratio));
            if (columns > 0 && columns <= width && rows > 0 && rows <= height) {
                int top = random.nextInt(height - rows + 1);
                int left = random.nextInt(width - columns + 1);
                return new Box(top, left, rows, columns);
            }
        }
        return middle(height, width);
    }

    private static double between(SplittableRandom random, double low, double high) {
        return low + random.nextDouble() * (high - low);
    }

    private Box middle(int height, int width) {
        double ratio = (double) width / height;
        int rows = ratio < minRatio ? Math.max(1, (int) Math.rint(width / minRatio)) : height;
        int columns = ratio > maxRatio ? Math.max(1, (int) Math.rint(height * maxRatio)) : width;
        return new Box((height - rows) / 2, (width - columns) / 2, rows, columns);
    }
}
