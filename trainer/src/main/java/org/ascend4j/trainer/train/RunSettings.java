package org.ascend4j.trainer.train;

import java.nio.file.Path;
import org.ascend4j.device.Layout;
import org.ascend4j.trainer.recipe.Recipe;

/**
 * How one run goes about its recipe.
 *
 * @param recipe what to learn
 * @param seed seeds weights, order, augmentation and dropout
 * @param augment whether training images are cropped and flipped at random
 * @param shuffle whether training images come in a random order
 * @param evaluate whether the test images are evaluated after each epoch
 * @param maxSteps the step after which the run ends although its epochs are not over; 0 for none
 * @param checkpointEvery steps between checkpoints besides those after each epoch; 0 for none
 * @param layout the memory format of images and weights
 * @param output the folder that the run writes to
 */
public record RunSettings(
        Recipe recipe,
        long seed,
        boolean augment,
        boolean shuffle,
        boolean evaluate,
        long maxSteps,
        int checkpointEvery,
        Layout layout,
        Path output) {
    /** Returns how many steps an epoch of {@code images} has; the last one may be smaller. */
    public int stepsPerEpoch(int images) {
        return (images + recipe.batchSize() - 1) / recipe.batchSize();
    }
}
