package org.ascend4j.trainer.input;

import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * What the host draws for a batch whose images are mixed: mixup (<a href="https://arxiv.org/abs/1710.09412">Zhang et al.</a>) or CutMix
 * (<a href="https://arxiv.org/abs/1905.04899">Yun et al.</a>).
 *
 * @param share the share of an image in the mixed one; 1 for CutMix
 * @param left the first column of the rectangle that comes from the other image
 * @param right the column after its last one; with mixup {@code left}
 * @param top its first row
 * @param bottom the row after its last one; with mixup {@code top}
 * @param own the weight of an image's label in the loss
 * @since 0.1.0
 */
public record Mixture(double share, int left, int right, int top, int bottom, double own) {
    /**
     * The numbers that a recorded step reads on the device.
     *
     * @since 0.1.0
     */
    public enum Number {
        SHARE(Mixture::share),
        OTHER_SHARE(mixture -> 1 - mixture.share),
        LEFT(Mixture::left),
        RIGHT(Mixture::right),
        TOP(Mixture::top),
        BOTTOM(Mixture::bottom),
        OWN(Mixture::own),
        OTHER(mixture -> 1 - mixture.own);

        private final ToDoubleFunction<Mixture> number;

        Number(ToDoubleFunction<Mixture> number) {
            this.number = number;
        }

        /** Returns this number of a mixture. */
        public double of(Mixture mixture) {
            return number.applyAsDouble(mixture);
        }
    }

    /** Draws a mixture for images of a size; with both kinds switched on, each has a probability of one half. */
    static Mixture draw(Augmentation augmentation, long seed, int height, int width) {
        SplittableRandom random = new SplittableRandom(seed);
        boolean both = augmentation.mixup() > 0 && augmentation.cutmix() > 0;
        boolean cut = both ? random.nextInt(2) == 1 : augmentation.cutmix() > 0;
        double share = beta(random, cut ? augmentation.cutmix() : augmentation.mixup());
        return cut ? rectangle(share, height, width, random) : new Mixture(share, 0, 0, 0, 0, share);
    }

    private static Mixture rectangle(double share, int height, int width, SplittableRandom random) {
        int x = random.nextInt(width);
        int y = random.nextInt(height);
        double half = 0.5 * Math.sqrt(1 - share);
        int left = Math.max(0, x - (int) (half * width));
        int right = Math.min(width, x + (int) (half * width));
        int top = Math.max(0, y - (int) (half * height));
        int bottom = Math.min(height, y + (int) (half * height));
        double own = 1 - (double) (right - left) * (bottom - top) / ((double) width * height);
        return new Mixture(1, left, right, top, bottom, own);
    }

    /**
     * Draws from the beta distribution with two equal parameters by Jöhnk's method. The functions of {@code StrictMath} give
     * the same bits on every machine.
     */
    static double beta(SplittableRandom random, double alpha) {
        while (true) {
            double one = StrictMath.pow(random.nextDouble(), 1 / alpha);
            double other = StrictMath.pow(random.nextDouble(), 1 / alpha);
            double sum = one + other;
            if (sum > 0 && sum <= 1) {
                return one / sum;
            }
        }
    }
}
