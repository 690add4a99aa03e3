package org.ascend4j.trainer.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.OptionalInt;

/**
 * Smaller training images in the first epochs, which cost less (progressive resizing,
 * <a href="https://arxiv.org/abs/2104.00298">Tan and Le, 2021</a>, there over all epochs). Evaluations use images of full size.
 *
 * @param side the rows and columns of the smaller images
 * @param share the share of the epochs that train on them, above 0 and below 1; rounded to whole epochs
 */
public record ProgressiveResize(@JsonProperty(required = true) int side, @JsonProperty(required = true) double share) {

    /** Checks the ranges. */
    public ProgressiveResize {
        Range.atLeast("input.progressive_resize.side", side, 1);
        Range.between("input.progressive_resize.share", share, 0, 1);
    }

    /** Returns the side of the training images of an epoch, counted from 1; empty for the full size. */
    public OptionalInt side(int epoch, int epochs) {
        return epoch <= Math.round(share * epochs) ? OptionalInt.of(side) : OptionalInt.empty();
    }
}
