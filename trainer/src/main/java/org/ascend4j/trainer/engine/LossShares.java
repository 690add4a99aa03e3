package org.ascend4j.trainer.engine;

import java.util.ArrayList;
import java.util.List;
import org.ascend4j.distributed.Rank;
import org.ascend4j.trainer.data.ImageSet;
import org.ascend4j.trainer.input.EpochPlan;

/**
 * The shares that the images of an epoch have in the mean loss of their step: all the same, or each its class's weight over the weights of all images of the
 * step, on all ranks. The host knows the labels, so a share costs no look at the device.
 */
final class LossShares {
    private final ImageSet images;
    private final double[] classWeights;
    private final List<EpochPlan> parts = new ArrayList<>();
    private Rank rank;

    /**
     * The share of a batch.
     *
     * @param ofStep its share of the step over all ranks
     * @param report what its loss is multiplied with, so that the mean over equal images becomes the weighted one; 1 for equal images
     */
    record Share(double ofStep, double report) {}

    /** Makes the shares; {@code classWeights} by label, null for equal images. */
    LossShares(ImageSet images, double[] classWeights) {
        this.images = images;
        this.classWeights = classWeights;
    }

    /** Begins an epoch at its position {@code from}. */
    void start(EpochPlan plan, int from, Rank own) {
        rank = own;
        parts.clear();
        for (int number = 0; classWeights != null && number < own.size(); number++) {
            parts.add(plan.part(from, number, own.size()));
        }
    }

    /** Returns whether the shares depend on the images' classes. */
    boolean areWeighted() {
        return classWeights != null;
    }

    /** Returns the share of this rank's images from {@code first} on in the step that has {@code own} images of each rank from {@code start} on. */
    Share ofStep(int first, int size, int start, int own) {
        double equal = (double) size / own / rank.size();
        if (classWeights == null) {
            return new Share(equal, 1);
        }
        double all = 0;
        for (EpochPlan part : parts) {
            all += sum(part, start, own);
        }
        double weighted = sum(parts.get(rank.number()), first, size) / all;
        return new Share(weighted, weighted / equal);
    }

    /** Returns the share of this rank's images from {@code first} on in the batch from {@code batch} on. */
    double ofBatch(int first, int count, int batch, int size) {
        if (classWeights == null) {
            return (double) count / size;
        }
        EpochPlan part = parts.get(rank.number());
        return sum(part, first, count) / sum(part, batch, size);
    }

    private double sum(EpochPlan part, int first, int count) {
        double sum = 0;
        for (int i = first; i < first + count; i++) {
            sum += classWeights[images.label(part.image(i))];
        }
        return sum;
    }
}
