package org.ascend4j.trainer.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.OptionalDouble;

/**
 * Smaller training images in the first epochs, which cost less (progressive resizing,
 * <a href="https://arxiv.org/abs/2104.00298">Tan and Le, 2021</a>, there over all epochs). Evaluations use images of full size.
 *
 * @param scale the side of the smaller images relative to that of the full ones, above 0 and below 1; sides are rounded to whole pixels
 * @param share the share of the epochs that train on them, above 0 and below 1; rounded to whole epochs
 * @since 0.1.0
 */
public record ProgressiveResize(
        @JsonProperty(required = true) double scale, @JsonProperty(required = true) double share) {

    /** Checks the ranges. */
    public ProgressiveResize {
        Range.between("input.progressive_resize.scale", scale, 0.01, 1);
        Range.between("input.progressive_resize.share", share, 0, 1);
    }

    /** Returns the scale of the training images of an epoch, counted from 1; empty for the full size. */
    public OptionalDouble scale(int epoch, int epochs) {
        return epoch <= Math.round(share * epochs) ? OptionalDouble.of(scale) : OptionalDouble.empty();
    }
}
