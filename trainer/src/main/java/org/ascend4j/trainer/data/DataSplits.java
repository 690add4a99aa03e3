package org.ascend4j.trainer.data;

import org.ascend4j.Ascend4jException;
import org.ascend4j.Printable;

/**
 * The training and test images of one data set; both have the same channels, size and classes.
 *
 * @param train images to learn from
 * @param test images to measure accuracy on
 * @param fit a sentence on how images of other sizes were fitted; empty if none were
 */
public record DataSplits(ImageSet train, ImageSet test, String fit) {
    /** Checks that both sets have the same channels, size and classes. */
    public DataSplits {
        String of = shape(train);
        if (!of.equals(shape(test))) {
            throw new Ascend4jException("test images expect " + of + " as the training images, found " + shape(test));
        }
        if (!train.classNames().equals(test.classNames())) {
            throw new Ascend4jException("test images expect the training images' classes ["
                    + Printable.listOf(train.classNames()) + "], found [" + Printable.listOf(test.classNames()) + "]");
        }
    }

    /** Combines images that were not fitted. */
    public DataSplits(ImageSet train, ImageSet test) {
        this(train, test, "");
    }

    private static String shape(ImageSet images) {
        return images.channels() + "x" + images.height() + "x" + images.width();
    }
}
