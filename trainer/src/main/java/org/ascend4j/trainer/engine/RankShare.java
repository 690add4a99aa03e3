package org.ascend4j.trainer.engine;

import org.ascend4j.distributed.Rank;
import org.ascend4j.trainer.data.ImageSet;
import org.ascend4j.trainer.input.EpochPlan;

/**
 * The images of an epoch that one rank trains on. All ranks have the same number of images, so the last step may repeat
 * the epoch's first images; these repetitions never count as hits.
 *
 * @param images the whole set
 * @param part this rank's part of the epoch
 * @param from the position in the epoch at which the part begins
 * @param rank the rank that the part belongs to
 */
record RankShare(ImageSet images, EpochPlan part, int from, Rank rank) {
    /** Returns the number of images per rank of a step with {@code images} images over all ranks. */
    int perRank(int images) {
        return (images + rank.size() - 1) / rank.size();
    }

    /** Returns the position in this part of a step that begins at {@code position} of the epoch. */
    int start(int position) {
        return (position - from) / rank.size();
    }

    /** Returns how many predictions from index {@code offset} are correct for the images from position {@code start} of this part. */
    int hits(int start, int count, int[] predictions, int offset) {
        int hits = 0;
        for (int i = 0; i < count; i++) {
            boolean counts = from + rank.number() + (start + i) * rank.size() < images.size();
            hits += counts && predictions[offset + i] == images.label(part.image(start + i)) ? 1 : 0;
        }
        return hits;
    }
}
