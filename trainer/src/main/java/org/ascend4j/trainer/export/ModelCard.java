package org.ascend4j.trainer.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ascend4j.Ascend4jException;
import org.ascend4j.trainer.checkpoint.RunDescription;
import org.ascend4j.trainer.recipe.InputSettings;

/**
 * The description that a program needs to use an exported model; the model contains it as metadata.
 *
 * @param model the network's name
 * @param classNames the class names by output
 * @param outputs number of outputs
 * @param channels channels of the images: 3 for red, green, blue, 1 for luminance
 * @param imageHeight rows of the training images
 * @param imageWidth columns of the training images
 * @param inputHeight rows of the network's input
 * @param inputWidth columns of the network's input
 * @param mean the mean of each channel, of pixels in 0..1
 * @param std the standard deviation of each channel
 * @param preprocessing where images are resized and normalised
 * @since 0.1.0
 */
public record ModelCard(
        String model,
        List<String> classNames,
        int outputs,
        int channels,
        int imageHeight,
        int imageWidth,
        int inputHeight,
        int inputWidth,
        List<Double> mean,
        List<Double> std,
        Preprocessing preprocessing) {
    private static final String KEY = "ascend4j";
    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    /** Describes the network of a run. */
    public static ModelCard of(RunDescription run, Preprocessing preprocessing) {
        InputSettings input = run.recipe().input().forChannels(run.channels());
        return new ModelCard(
                run.recipe().model().kind(),
                run.classNames(),
                run.outputs(),
                run.channels(),
                run.height(),
                run.width(),
                input.side(run.height()),
                input.side(run.width()),
                input.mean(),
                input.std(),
                preprocessing);
    }

    /** Returns whether images are resized before the network. */
    boolean resizes() {
        return imageHeight != inputHeight || imageWidth != inputWidth;
    }

    /** Returns the dimensions of one image in the format that the model takes. */
    public long[] modelInput() {
        boolean beside = preprocessing == Preprocessing.BESIDE;
        return new long[] {channels, beside ? inputHeight : imageHeight, beside ? inputWidth : imageWidth};
    }

    /** Returns the whole card as JSON. */
    public String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a model card does not serialise", e);
        }
    }

    /** Returns the metadata of an ONNX model: each value by its name, and all of them as JSON for {@link #parse}. */
    public Map<String, String> toMetadata() {
        Map<String, String> texts = new LinkedHashMap<>();
        JSON.<ObjectNode>valueToTree(this)
                .properties()
                .forEach(entry -> texts.put(
                        entry.getKey(),
                        entry.getValue().isTextual()
                                ? entry.getValue().textValue()
                                : entry.getValue().toString()));
        texts.put("layout", "NCHW");
        texts.put("colour_order", channels == 1 ? "L" : "RGB");
        texts.put(KEY, toJson());
        return texts;
    }

    /** Parses the metadata that {@link #toMetadata} returned. */
    public static ModelCard parse(Object file, Map<String, String> metadata) {
        String json = metadata.get(KEY);
        if (json == null) {
            throw new Ascend4jException(file + " expects the metadata that ./ascend4j export writes, found none");
        }
        try {
            return JSON.readValue(json, ModelCard.class);
        } catch (JsonProcessingException e) {
            throw new Ascend4jException(file + " expects the metadata that ./ascend4j export writes, found others", e);
        }
    }
}
