package org.ascend4j.trainer.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.ascend4j.Ascend4jException;
import org.ascend4j.Printable;

/**
 * How much the images of each class count in the loss that training minimises, as torch's {@code CrossEntropyLoss(weight=...)} has it.
 *
 * @param values one positive number for each class, by label; empty for {@code balanced}
 * @since 0.1.0
 */
public record ClassWeights(List<Double> values) {
    private static final String BALANCED = "balanced";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static ClassWeights of(JsonNode tree) {
        if (tree.isTextual() && tree.asText().equals(BALANCED)) {
            return new ClassWeights(List.of());
        }
        List<Double> values = new ArrayList<>();
        for (JsonNode value : tree) {
            if (!value.isNumber()) {
                throw unusable(tree);
            }
            Range.positive("class_weights", value.doubleValue());
            values.add(value.doubleValue());
        }
        if (!tree.isArray() || values.isEmpty()) {
            throw unusable(tree);
        }
        return new ClassWeights(List.copyOf(values));
    }

    private static Ascend4jException unusable(JsonNode found) {
        return new Ascend4jException(
                "class_weights expects balanced, or a positive number for each class, found " + Printable.of(found));
    }

    @JsonValue
    Object tree() {
        return values.isEmpty() ? BALANCED : values;
    }

    /**
     * Returns the weight of each class; {@code balanced} is images / (classes x images of the class), as scikit-learn's {@code compute_class_weight} has it.
     *
     * @param classNames the classes by label
     * @param counts the training images of each class
     */
    public double[] resolve(List<String> classNames, long[] counts) {
        int classes = classNames.size();
        if (!values.isEmpty()) {
            Range.size("class_weights", values, classes);
            return values.stream().mapToDouble(Double::doubleValue).toArray();
        }
        long images = 0;
        for (long count : counts) {
            images += count;
        }
        double[] weights = new double[classes];
        for (int label = 0; label < classes; label++) {
            if (counts[label] == 0) {
                throw new Ascend4jException("class_weights balanced expects training images of each class, found none"
                        + " of " + Printable.of(classNames.get(label)));
            }
            weights[label] = images / ((double) classes * counts[label]);
        }
        return weights;
    }
}
