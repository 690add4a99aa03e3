package org.ascend4j.nn;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;

/**
 * A module in torch's registry: one of our layers, or a module of the presets.
 *
 * @param path Python's name of the module, such as {@code encoder.norm1}; empty for the root
 * @param typeName the name of its type, such as {@code LSTM}
 * @param layer the layer; empty for a module of the presets
 * @param parameters the module's own parameters by their names in the module; tensors that are the same have the same handle throughout the tree
 * @param buffers the tensors that are state but not trained, likewise
 * @param children the direct children, in the order of registration
 * @since 0.1.0
 */
public record ModuleNode(
        String path,
        String typeName,
        Optional<Layer> layer,
        Map<String, Tensor> parameters,
        Map<String, Tensor> buffers,
        List<ModuleNode> children) {
    /** The modules of torch::nn that can drop values or draw slopes; those with layers between which values are dropped are included. */
    private static final Set<String> PRESETS_RANDOM = Set.of(
            "Dropout",
            "Dropout2d",
            "Dropout3d",
            "AlphaDropout",
            "FeatureAlphaDropout",
            "RReLU",
            "RNN",
            "LSTM",
            "GRU",
            "MultiheadAttention");

    /** Returns the module's name in its parent. */
    public String name() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** Returns the type with the properties that distinguish this module from others of its type, as far as the module provides them. */
    public String description() {
        return layer.map(Layer::description).orElse(typeName);
    }

    /** Returns Python's name of one of this module's tensors. */
    public String path(String tensorName) {
        return path.isEmpty() ? tensorName : path + "." + tensorName;
    }

    /** Returns this module and its descendants, each before its children. */
    public Stream<ModuleNode> all() {
        return Stream.concat(Stream.of(this), children.stream().flatMap(ModuleNode::all));
    }

    /** Returns whether this module, without its descendants, draws random numbers in training; the presets' modules that may do so are known by their types. */
    public boolean drawsRandomNumbers() {
        return layer.map(Layer::drawsRandomNumbers).orElseGet(() -> PRESETS_RANDOM.contains(typeName));
    }

    /**
     * Returns the property of this module, without its descendants, that forbids splitting a batch, as {@link Layer#batchDependence}; empty for the presets'
     * modules, for which it is unknown.
     */
    Optional<String> batchDependence() {
        return layer.map(Layer::batchDependence)
                .orElse(Optional.of("the presets' " + typeName + ", which may compute with the batch as a whole"));
    }
}
