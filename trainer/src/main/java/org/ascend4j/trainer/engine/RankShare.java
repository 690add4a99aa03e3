package org.ascend4j.trainer.engine;

import org.ascend4j.distributed.Rank;
import org.ascend4j.trainer.data.ImageSet;
import org.ascend4j.trainer.input.EpochPlan;

/**
 * The images of an epoch that one rank trains on: every rank as many, so that the last step may repeat the epoch's first images; these never count as hits.
 *
 * @param images the whole set
 * @param part this rank's part of the epoch
 * @param from the position in the epoch where the part begins
 * @param rank whose part it is
 */
record RankShare(ImageSet images, EpochPlan part, int from, Rank rank) {
    /** Returns how many images of each rank a step has that has {@code images} of all ranks. */
    int perRank(int images) {
        return (images + rank.size() - 1) / rank.size();
    }

    /** Returns where in this part a step begins that begins at {@code position} of the epoch. */
    int start(int position) {
        return (position - from) / rank.size();
    }

    /** Returns how many of the predictions from {@code offset} on are right, for the images from {@code start} on in this part. */
    int hits(int start, int count, int[] predictions, int offset) {
        int hits = 0;
        for (int i = 0; i < count; i++) {
            boolean counts = from + rank.number() + (start + i) * rank.size() < images.size();
            hits += counts && predictions[offset + i] == images.label(part.image(start + i)) ? 1 : 0;
        }
        return hits;
    }
}
