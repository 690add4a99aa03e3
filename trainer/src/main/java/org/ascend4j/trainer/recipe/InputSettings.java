package org.ascend4j.trainer.recipe;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import org.ascend4j.Ascend4jException;
import org.ascend4j.trainer.input.ColorJitter;
import org.ascend4j.trainer.input.Flip;
import org.ascend4j.trainer.input.PaddingMode;

/**
 * How images become batches.
 *
 * @param resize the side in pixels to resize images to; null to keep their size
 * @param cropPadding the border from which a random crop is cut; 0 for no crop
 * @param cropPaddingMode what the border holds; null for black
 * @param cropScale the smallest and the largest share of an image's area in a random crop of varying size, 0 to 1; null for no such crop
 * @param cropRatio the smallest and the largest ratio of width to height of such a crop; null for 3/4 and 4/3
 * @param flip which training images are mirrored; null for none
 * @param repeats how often an epoch trains on each of its images, with other random changes; with 2, on half of the images; null for 1
 * @param trivialAugment whether one random operation changes each training image, as in torchvision's {@code TrivialAugmentWide}
 * @param colorJitter random colours of training images; null for none
 * @param cutout the side of the square that is erased from each training image, in pixels of the network's input; 0 for none
 * @param progressiveResize smaller images in the first epochs; null for none
 * @param mixup the parameter of mixup's beta distribution, 0 to 2; 0 for no mixup
 * @param cutmix the parameter of CutMix's beta distribution, 0 to 2; 0 for no CutMix
 * @param mean the mean of each channel, of pixels in 0..1
 * @param std the standard deviation of each channel
 * @since 0.1.0
 */
@RecordBuilder
public record InputSettings(
        Integer resize,
        int cropPadding,
        PaddingMode cropPaddingMode,
        List<Double> cropScale,
        List<Double> cropRatio,
        Flip flip,
        Integer repeats,
        boolean trivialAugment,
        ColorJitter colorJitter,
        int cutout,
        ProgressiveResize progressiveResize,
        double mixup,
        double cutmix,
        @JsonProperty(required = true) List<Double> mean,
        @JsonProperty(required = true) List<Double> std)
        implements InputSettingsBuilder.With {

    private static final double MOST_RATIO = 100;

    /** A larger parameter would be drawn slowly; the papers have 0.1 to 1. */
    private static final double MOST_ALPHA = 2;

    /** Checks the ranges. */
    public InputSettings {
        if (resize != null) {
            Range.atLeast("input.resize", resize, 1);
        }
        Range.atLeast("input.crop_padding", cropPadding, 0);
        cropPaddingMode = cropPaddingMode == null ? PaddingMode.CONSTANT : cropPaddingMode;
        flip = flip == null ? Flip.NONE : flip;
        repeats = repeats == null ? 1 : repeats;
        Range.atLeast("input.repeats", repeats, 1);
        if (repeats > 1 && mixup + cutmix > 0) {
            throw new Ascend4jException(
                    "input.repeats expects 1 beside input.mixup and input.cutmix, which would mix images with themselves, found "
                            + repeats);
        }
        Range.atLeast("input.cutout", cutout, 0);
        Range.between("input.mixup", mixup, 0, MOST_ALPHA);
        Range.between("input.cutmix", cutmix, 0, MOST_ALPHA);
        if (cropScale != null) {
            cropScale = Range.increasing("input.crop_scale", cropScale, 1);
            cropRatio = cropRatio == null
                    ? List.of(3.0 / 4, 4.0 / 3)
                    : Range.increasing("input.crop_ratio", cropRatio, MOST_RATIO);
            if (cropPadding > 0) {
                throw new Ascend4jException(
                        "input.crop_padding expects 0 beside input.crop_scale, found " + cropPadding);
            }
        } else if (cropRatio != null) {
            throw new Ascend4jException("input.crop_ratio expects input.crop_scale beside it, found none");
        }
        mean = Range.numbers("input.mean", mean);
        std = Range.numbers("input.std", std);
        Range.size("input.std", std, mean.size());
        std.forEach(value -> Range.positive("input.std", value));
    }

    /** Returns whether random crops of varying size are cut from training images. */
    @JsonIgnore
    public boolean hasResizedCrop() {
        return cropScale != null;
    }

    /** Returns these settings for images of {@code channels} channels; for grey images the constants of the colours are averaged. */
    public InputSettings forChannels(int channels) {
        if (mean.size() == channels) {
            return this;
        }
        return with(input -> input.mean(spread(mean, channels)).std(spread(std, channels)));
    }

    /** Returns the scale to which the training images of an epoch, counted from 1, are shrunk; empty for none. */
    public OptionalDouble shrinking(int epoch, int epochs) {
        return progressiveResize == null ? OptionalDouble.empty() : progressiveResize.scale(epoch, epochs);
    }

    /** Returns the rows or columns of the model's input for images with {@code own} rows or columns. */
    public int side(int own) {
        return resize == null ? own : resize;
    }

    private static List<Double> spread(List<Double> values, int channels) {
        double average =
                values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        return Collections.nCopies(channels, average);
    }
}
