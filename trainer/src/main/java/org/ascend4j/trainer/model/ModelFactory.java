package org.ascend4j.trainer.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.ascend4j.state.StateDict;

/**
 * Makes the networks of one name.
 *
 * <p>{@link java.util.ServiceLoader} finds factories: a jar names its own in {@code META-INF/services/org.ascend4j.trainer.model.ModelFactory}.
 */
public interface ModelFactory {
    /**
     * What a network is usually made for.
     *
     * @param channels channels of the images
     * @param height rows of the images
     * @param width columns of the images
     * @param classes number of outputs
     */
    record Usual(int channels, int height, int width, int classes) {}

    /** Returns the name that {@code --model} takes, which is {@link ImageClassifier#modelName} of what this makes. */
    String name();

    /** Returns one sentence about the network. */
    String description();

    /** Returns the network's own settings with their default values, none of them null; no other settings are accepted. */
    default ObjectNode defaults() {
        return JsonNodeFactory.instance.objectNode();
    }

    /**
     * Makes a network on the CPU, in training mode, drawing its weights from torch's generator; the caller owns it.
     *
     * @param channels channels of the images
     * @param outputs number of outputs
     * @param settings a value for each of {@link #defaults}, of the default's type; their ranges are for this method to check
     */
    ImageClassifier create(int channels, int outputs, ObjectNode settings);

    /** Returns what the network is usually made for: CIFAR-10, where a factory says nothing else. */
    default Usual usual() {
        return new Usual(3, 32, 32, 10);
    }

    /**
     * Returns the names that other programs have for the network's weights, by what they are called; each function takes a state under any of them and returns
     * its tensors under its own names.
     */
    default Map<String, UnaryOperator<StateDict>> namings() {
        return Map.of();
    }
}
