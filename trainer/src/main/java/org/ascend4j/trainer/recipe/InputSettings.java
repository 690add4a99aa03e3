package org.ascend4j.trainer.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.List;

/**
 * How images become batches.
 *
 * @param resize the side in pixels that images are resized to; null to keep theirs
 * @param cropPadding the black border from which a random crop is cut; 0 for no crop
 * @param flip whether half of the images are mirrored
 * @param mean the mean of each channel, of pixels in 0..1
 * @param std the standard deviation of each channel
 */
public record InputSettings(
        Integer resize,
        int cropPadding,
        boolean flip,
        @JsonProperty(required = true) List<Double> mean,
        @JsonProperty(required = true) List<Double> std) {

    /** Checks the ranges. */
    public InputSettings {
        if (resize != null) {
            Range.atLeast("input.resize", resize, 1);
        }
        Range.atLeast("input.crop_padding", cropPadding, 0);
        mean = Range.numbers("input.mean", mean);
        std = Range.numbers("input.std", std);
        Range.size("input.std", std, mean.size());
        std.forEach(value -> Range.positive("input.std", value));
    }

    /** Returns these settings for images of {@code channels}: grey images get the average of colour constants. */
    public InputSettings forChannels(int channels) {
        if (mean.size() == channels) {
            return this;
        }
        return new InputSettings(resize, cropPadding, flip, spread(mean, channels), spread(std, channels));
    }

    private static List<Double> spread(List<Double> values, int channels) {
        double average =
                values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        return Collections.nCopies(channels, average);
    }
}
