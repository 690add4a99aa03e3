package org.ascend4j.trainer.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.ascend4j.state.StateDict;

/**
 * Makes the networks that have one name.
 *
 * <p>{@link java.util.ServiceLoader} finds factories: a jar lists its own in {@code
 * META-INF/services/org.ascend4j.trainer.model.ModelFactory}.
 *
 * @since 0.1.0
 */
public interface ModelFactory {
    /**
     * The usual input and output of a network.
     *
     * @param channels channels of the images
     * @param height rows of the images
     * @param width columns of the images
     * @param classes number of outputs
     */
    record Usual(int channels, int height, int width, int classes) {}

    /** Returns the name for {@code --model}, which equals {@link ImageClassifier#modelName} of the networks that the factory makes. */
    String name();

    /** Returns one sentence about the network. */
    String description();

    /** Returns the network's own settings with their default values, none of them null. Other settings are not accepted. */
    default ObjectNode defaults() {
        return JsonNodeFactory.instance.objectNode();
    }

    /**
     * Makes a network on the CPU, in training mode, with weights drawn from torch's generator; the caller owns it.
     *
     * @param channels channels of the images
     * @param outputs number of outputs
     * @param settings a value for each of {@link #defaults}, of the default's type; this method must check their ranges
     */
    ImageClassifier create(int channels, int outputs, ObjectNode settings);

    /** Returns the usual input and output of the network; by default those of CIFAR-10. */
    default Usual usual() {
        return new Usual(3, 32, 32, 10);
    }

    /**
     * Returns the naming schemes for the network's weights, by the name of the scheme. Each function takes a state in
     * any of the schemes and returns its tensors with the names of its own scheme.
     */
    default Map<String, UnaryOperator<StateDict>> namings() {
        return Map.of();
    }
}
