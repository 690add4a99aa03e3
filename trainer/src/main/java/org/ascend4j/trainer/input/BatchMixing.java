package org.ascend4j.trainer.input;

import java.util.SplittableRandom;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Mixes each image of a batch with the one before it: mixup (<a href="https://arxiv.org/abs/1710.09412">Zhang et al.</a>)
 * and CutMix (<a href="https://arxiv.org/abs/1905.04899">Yun et al.</a>), as torchvision's {@code v2.MixUp} and
 * {@code v2.CutMix}, which mix a batch with itself rolled by one.
 *
 * <p>The host draws the share and the rectangle of a batch, so nothing is uploaded. A batch takes four launches with mixup
 * and three with CutMix.
 */
final class BatchMixing {
    private BatchMixing() {}

    /** Mixes a batch in place; with both kinds switched on, each has a probability of one half. */
    static Batch mix(Batch batch, Augmentation augmentation, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        boolean both = augmentation.mixup() > 0 && augmentation.cutmix() > 0;
        boolean cut = both ? random.nextInt(2) == 1 : augmentation.cutmix() > 0;
        double share = beta(random, cut ? augmentation.cutmix() : augmentation.mixup());
        double own = cut ? cutMix(batch.images(), share, random) : mixUp(batch.images(), share);
        return new Batch(
                batch.images(), batch.labels(), batch.size(), batch.labels().roll(new long[] {1}, 0), own);
    }

    private static double mixUp(Tensor images, double share) {
        Tensor others = images.roll(new long[] {1}, 0);
        images.mul_(new Scalar(share)).add_(others, new Scalar(1 - share));
        return share;
    }

    /** Pastes a rectangle of the other images and returns the share of the own pixels. */
    private static double cutMix(Tensor images, double share, SplittableRandom random) {
        int height = (int) images.size(2);
        int width = (int) images.size(3);
        int x = random.nextInt(width);
        int y = random.nextInt(height);
        double half = 0.5 * Math.sqrt(1 - share);
        int left = Math.max(0, x - (int) (half * width));
        int right = Math.min(width, x + (int) (half * width));
        int top = Math.max(0, y - (int) (half * height));
        int bottom = Math.min(height, y + (int) (half * height));
        if (right > left && bottom > top) {
            Tensor patch = images.narrow(2, top, bottom - top).narrow(3, left, right - left);
            patch.copy_(patch.roll(new long[] {1}, 0));
        }
        return 1 - (double) (right - left) * (bottom - top) / ((double) width * height);
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
