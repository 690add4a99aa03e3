package org.ascend4j.trainer.data;

import org.ascend4j.Ascend4jException;
import org.ascend4j.Printable;

/**
 * The training, the test and, if there are any, the validation images of one data set, alike in channels, size and classes.
 *
 * @param train images to learn from
 * @param test images to measure accuracy on
 * @param validation images to choose weights by, so that the test images choose nothing; null without them
 * @param fit a sentence on how images of other sizes were fitted; empty if none were
 * @since 0.1.0
 */
public record DataSplits(ImageSet train, ImageSet test, ImageSet validation, String fit) {
    /** Checks that the sets fit together. */
    public DataSplits {
        requireAlike("test", train, test);
        if (validation != null) {
            requireAlike("validation", train, validation);
        }
    }

    /** Puts training and test images together. */
    public DataSplits(ImageSet train, ImageSet test, String fit) {
        this(train, test, null, fit);
    }

    /** Combines images that were not fitted. */
    public DataSplits(ImageSet train, ImageSet test) {
        this(train, test, "");
    }

    /** Returns these with other validation images. */
    public DataSplits withValidation(ImageSet images) {
        return new DataSplits(train, test, images, fit);
    }

    /** Returns these with {@code count} of the training images, drawn at random; the seed determines which. */
    public DataSplits withTrainingSample(int count, long seed) {
        return new DataSplits(train.sample(count, seed), test, validation, fit);
    }

    /** Returns what is evaluated after each epoch: the validation images, else the test images. */
    public ImageSet evaluated() {
        return validation == null ? test : validation;
    }

    private static void requireAlike(String name, ImageSet train, ImageSet other) {
        String of = shape(train);
        if (!of.equals(shape(other))) {
            throw new Ascend4jException(
                    name + " images expect " + of + " as the training images, found " + shape(other));
        }
        if (!train.classNames().equals(other.classNames())) {
            throw new Ascend4jException(name + " images expect the training images' classes ["
                    + Printable.listOf(train.classNames()) + "], found [" + Printable.listOf(other.classNames()) + "]");
        }
    }

    private static String shape(ImageSet images) {
        return images.channels() + "x" + images.height() + "x" + images.width();
    }
}
