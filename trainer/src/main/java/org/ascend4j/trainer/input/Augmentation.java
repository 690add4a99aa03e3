package org.ascend4j.trainer.input;

import java.util.Optional;
import org.ascend4j.Ascend4jException;

/**
 * Random changes to training images: torchvision's {@code RandomCrop(size, padding)} or
 * {@code RandomResizedCrop(size, scale, ratio)}, and {@code RandomHorizontalFlip()}.
 *
 * @param padding width of the black border that is added before a crop of the original size is taken; 0 for no crop
 * @param flip whether to mirror each image with a probability of one half
 * @param resizedCrop crops of random size instead of whole images; empty for none
 */
public record Augmentation(int padding, boolean flip, Optional<RandomResizedCrop> resizedCrop) {
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
    }

    /** Makes changes without resized crops. */
    public Augmentation(int padding, boolean flip) {
        this(padding, flip, Optional.empty());
    }
}
