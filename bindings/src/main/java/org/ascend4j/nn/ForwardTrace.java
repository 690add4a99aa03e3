package org.ascend4j.nn;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import org.ascend4j.Ascend4jException;
import org.bytedeco.pytorch.Tensor;

/**
 * Observes a model's forward passes: rejects layers that the model computes although they are not its descendants, and records the layer in which a failure
 * occurs.
 *
 * @since 0.1.0
 */
public final class ForwardTrace implements ForwardObserver {
    private final Layer model;
    private final Set<Layer> known = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Layer> foreign = Collections.newSetFromMap(new WeakHashMap<>());
    private final Deque<Layer> running = new ArrayDeque<>();

    /** Creates a trace for any number of passes, one at a time. */
    public ForwardTrace(Layer model) {
        this.model = model;
    }

    /**
     * Runs a pass.
     *
     * @throws Ascend4jException if a trainable layer is not a descendant of the model, or a layer receives a closed tensor
     */
    public <T> T run(Supplier<T> pass) {
        running.clear();
        return Layer.observe(this, pass);
    }

    /** Returns the layer in which the last pass failed, such as {@code body.4 (Linear)}; empty if it did not fail in a layer of the model. */
    public Optional<String> place() {
        return running.isEmpty()
                ? Optional.empty()
                : model.moduleTree()
                        .all()
                        .filter(node -> node.layer().stream().anyMatch(layer -> layer == running.peek()))
                        .map(node -> node.path().isEmpty()
                                ? node.description()
                                : node.path() + " (" + node.description() + ")")
                        .findFirst();
    }

    @Override
    public boolean needsOrder() {
        return false;
    }

    @Override
    public void before(Layer layer, Tensor input) {
        Layer above = running.peek();
        running.push(layer);
        if (input == null || input.isNull()) {
            throw new Ascend4jException(place().orElse(layer.description()) + " was given "
                    + (input == null ? "null in place of a tensor" : "a tensor that is closed"));
        }
        if (above != null && isBelow(above) && !isBelow(layer) && matters(layer)) {
            Throwable here = new Throwable();
            throw new Ascend4jException(above.typeName() + " computes a " + layer.typeName() + " that is not below it"
                    + TorchFailure.line(here, above.getClass())
                    + "; register it by child(name, layer), or it is neither trained nor saved");
        }
    }

    @Override
    public void after(Layer layer, Tensor input, Tensor output) {
        running.pop();
    }

    /** Returns whether a layer is a descendant of the model; reads the tree again for an unknown layer, which may be new. */
    private boolean isBelow(Layer layer) {
        if (!known.contains(layer) && !foreign.contains(layer)) {
            known.addAll(model.tree());
            if (!known.contains(layer)) {
                foreign.add(layer);
            }
        }
        return known.contains(layer);
    }

    /**
     * Returns whether a layer has to be registered. A layer without parameters that behaves the same in training and evaluation does not, and frozen layers may
     * belong to another model.
     */
    private static boolean matters(Layer layer) {
        return layer.namedParameters().isEmpty()
                ? layer.whyBatchStaysWhole().isPresent()
                : layer.namedParameters().values().stream().anyMatch(Tensor::requires_grad);
    }
}
