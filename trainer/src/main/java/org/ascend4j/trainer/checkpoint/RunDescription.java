package org.ascend4j.trainer.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.ascend4j.trainer.recipe.Recipe;

/**
 * What a checkpoint's weights were trained as and on: enough to build the model again and to feed it.
 *
 * @param recipe the recipe, every setting resolved
 * @param globalBatch images of one update of the weights, over all ranks and accumulated batches; 0 in older checkpoints: the recipe's batch size
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
        int globalBatch,
        String data,
        long seed,
        boolean augment,
        boolean shuffle,
        int channels,
        int height,
        int width,
        int trainImages,
        List<String> classNames) {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    /** Returns all of it as text, for other ranks. */
    public String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a run does not serialise", e);
        }
    }

    /** Returns what {@link #toJson} told. */
    public static RunDescription fromJson(String text) {
        try {
            return JSON.readValue(text, RunDescription.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a run does not parse", e);
        }
    }

    /** Returns how many steps an epoch has; the last one may be smaller. */
    public int stepsPerEpoch() {
        return steps(trainImages);
    }

    /** Returns how many steps {@code images} take. */
    public int steps(int images) {
        return (images + globalBatch - 1) / globalBatch;
    }

    /** Returns the number of outputs of the model. */
    public int outputs() {
        Integer outputs = recipe.model().outputs();
        return outputs == null ? classNames.size() : outputs;
    }
}
