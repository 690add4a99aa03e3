package org.ascend4j.trainer.checkpoint;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.ascend4j.trainer.recipe.Recipe;

/**
 * Describes the model and the data that a checkpoint's weights were trained with: enough to build the model again and
 * to prepare its images.
 *
 * @param recipe the recipe with all settings resolved
 * @param globalBatch images per update of the weights, over all ranks and accumulated batches; 0 in older checkpoints, where it equals the recipe's batch size
 * @param data the data set's name
 * @param seed the run's seed
 * @param augment whether training images were cropped and flipped at random
 * @param shuffle whether training images came in a random order
 * @param channels channels of the images
 * @param height rows of the images before any resizing
 * @param width columns of the images before any resizing
 * @param trainImages number of training images
 * @param classNames the class names by label
 * @param validation where the validation images come from, as {@code --validate} takes it; null without them
 * @param patience epochs in a row without a better accuracy after which the run ends; null if none
 * @since 0.1.0
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
        List<String> classNames,
        @JsonInclude(JsonInclude.Include.NON_NULL) String validation,
        @JsonInclude(JsonInclude.Include.NON_NULL) Integer patience) {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    /** Describes a run that has no validation images and ends with its last epoch. */
    public RunDescription(
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
        this(
                recipe,
                globalBatch,
                data,
                seed,
                augment,
                shuffle,
                channels,
                height,
                width,
                trainImages,
                classNames,
                null,
                null);
    }

    /** Returns the description as JSON, to be sent to other ranks. */
    public String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a run does not serialise", e);
        }
    }

    /** Parses the text that {@link #toJson} returned. */
    public static RunDescription fromJson(String text) {
        try {
            return JSON.readValue(text, RunDescription.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a run does not parse", e);
        }
    }

    /** Returns the number of steps of an epoch; the last step may have fewer images. */
    public int stepsPerEpoch() {
        return steps(trainImages);
    }

    /** Returns the number of steps that {@code images} images take. */
    public int steps(int images) {
        return (images + globalBatch - 1) / globalBatch;
    }

    /** Returns the number of outputs of the model. */
    public int outputs() {
        Integer outputs = recipe.model().outputs();
        return outputs == null ? classNames.size() : outputs;
    }
}
