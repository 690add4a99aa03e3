package org.ascend4j.trainer.input;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Optional;
import org.ascend4j.Ascend4jException;

/**
 * Random changes to training images: torchvision's {@code RandomCrop(size, padding)} or
 * {@code RandomResizedCrop(size, scale, ratio)}, flips, colours, erased squares and mixed images.
 *
 * @param padding width of the border that is added before a crop of the original size is taken; 0 for no crop
 * @param paddingMode what the border holds
 * @param flip which images are mirrored
 * @param resizedCrop crops of random size instead of whole images; empty for none
 * @param repeats how often an epoch trains on each of its images; with 2, on half of the images
 * @param trivial whether one random operation changes each image, as in {@code TrivialAugmentWide}
 * @param colorJitter random colours; empty for none
 * @param cutout the side of the square that is erased from each image, in pixels; 0 for none
 * @param mixup the parameter of the beta distribution from which mixup draws the share of an image, up to 2; 0 for no mixup
 * @param cutmix that of CutMix; 0 for no CutMix
 * @since 0.1.0
 */
@RecordBuilder
public record Augmentation(
        int padding,
        PaddingMode paddingMode,
        Flip flip,
        Optional<RandomResizedCrop> resizedCrop,
        int repeats,
        boolean trivial,
        Optional<ColorJitter> colorJitter,
        int cutout,
        double mixup,
        double cutmix)
        implements AugmentationBuilder.With {
    /** No change. */
    public static final Augmentation NONE = new Augmentation(0, false);

    /** The Ascend tutorial's augmentation: four pixels of padding, and flips. */
    public static final Augmentation CROP_AND_FLIP = new Augmentation(4, true);

    /** Checks the padding. */
    public Augmentation {
        if (padding < 0 || padding > 127) {
            throw new Ascend4jException("padding expects 0 to 127 pixels, found " + padding);
        }
        if (padding > 0 && resizedCrop.isPresent()) {
            throw new Ascend4jException("a random resized crop expects no padding, found " + padding + " pixels");
        }
        if (repeats < 1) {
            throw new Ascend4jException("repeats expects at least 1, found " + repeats);
        }
        if (cutout < 0) {
            throw new Ascend4jException("cutout expects 0 pixels or more, found " + cutout);
        }
    }

    /** Makes changes by crops from a black border and random flips only. */
    public Augmentation(int padding, boolean flip) {
        this(
                padding,
                PaddingMode.CONSTANT,
                flip ? Flip.RANDOM : Flip.NONE,
                Optional.empty(),
                1,
                false,
                Optional.empty(),
                0,
                0,
                0);
    }

    /** Returns whether images are mixed with others of their batch. */
    boolean mixes() {
        return mixup > 0 || cutmix > 0;
    }

    /** Throws if images are too small for the border. */
    void requireFits(int height, int width) {
        if (paddingMode == PaddingMode.REFLECT && padding >= Math.min(height, width)) {
            throw new Ascend4jException("input.crop_padding expects less than the side of the images with"
                    + " input.crop_padding_mode reflect, found " + padding + " and images of " + height + "x" + width);
        }
    }
}
