package org.ascend4j.nn;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;

/**
 * A module of a tree as torch's registry has it: one of our layers, or a module of the presets.
 *
 * @param path Python's name of the module, such as {@code encoder.norm1}; empty for the root
 * @param typeName the name of its type, such as {@code LSTM}
 * @param layer the layer; empty for a module of the presets
 * @param parameters the module's own parameters by their names within it; equal tensors are the same handle throughout the tree
 * @param buffers likewise the tensors that are state but not trained
 * @param children the modules directly below, in the order of registration
 */
public record ModuleNode(
        String path,
        String typeName,
        Optional<Layer> layer,
        Map<String, Tensor> parameters,
        Map<String, Tensor> buffers,
        List<ModuleNode> children) {

    /** Returns the module's name within the one above it. */
    public String name() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** Returns the type with what sets this module apart from others of its type, as far as the module says it. */
    public String description() {
        return layer.map(Layer::description).orElse(typeName);
    }

    /** Returns Python's name of one of this module's tensors. */
    public String path(String tensorName) {
        return path.isEmpty() ? tensorName : path + "." + tensorName;
    }

    /** Returns this module and those below it, each before its children. */
    public Stream<ModuleNode> all() {
        return Stream.concat(Stream.of(this), children.stream().flatMap(ModuleNode::all));
    }

    /** Returns what of this module alone forbids to split a batch, as {@link Layer#batchDependence}; of the presets' modules nothing is known. */
    Optional<String> batchDependence() {
        return layer.map(Layer::batchDependence)
                .orElse(Optional.of("the presets' " + typeName + ", which may compute with the batch as a whole"));
    }
}
