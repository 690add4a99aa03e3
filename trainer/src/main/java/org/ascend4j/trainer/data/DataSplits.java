package org.ascend4j.trainer.data;

import org.ascend4j.Ascend4jException;

/**
 * The training and the test images of one data set, alike in channels, size and classes.
 *
 * @param train images to learn from
 * @param test images to measure accuracy on
 */
public record DataSplits(ImageSet train, ImageSet test) {
    /** Checks that the two sets fit together. */
    public DataSplits {
        String of = shape(train);
        if (!of.equals(shape(test))) {
            throw new Ascend4jException("test images expect " + of + " as the training images, found " + shape(test));
        }
        if (!train.classNames().equals(test.classNames())) {
            throw new Ascend4jException("test images expect the training images' classes " + train.classNames()
                    + ", found " + test.classNames());
        }
    }

    private static String shape(ImageSet images) {
        return images.channels() + "x" + images.height() + "x" + images.width();
    }
}
