package org.ascend4j.trainer.checkpoint;

import java.util.List;
import org.ascend4j.trainer.recipe.Recipe;

/**
 * What a checkpoint's weights were trained as and on: enough to build the model again and to feed it.
 *
 * @param recipe the recipe, every setting resolved
 * @param data the data set's name
 * @param seed the run's seed
 * @param augment whether training images were cropped and flipped at random
 * @param shuffle whether training images came in a random order
 * @param channels channels of the images
 * @param height rows of the images before any resizing
 * @param width columns of the images before any resizing
 * @param trainImages how many training images there are
 * @param classNames the classes by label
 */
public record RunDescription(
        Recipe recipe,
        String data,
        long seed,
        boolean augment,
        boolean shuffle,
        int channels,
        int height,
        int width,
        int trainImages,
        List<String> classNames) {
    /** Returns the number of outputs of the model. */
    public int outputs() {
        Integer outputs = recipe.model().outputs();
        return outputs == null ? classNames.size() : outputs;
    }
}
