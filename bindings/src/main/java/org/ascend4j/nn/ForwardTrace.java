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

/** Follows a model's forward passes: refuses layers that it computes without having them below it, and knows which layer a failure is in. */
public final class ForwardTrace implements ForwardObserver {
    private final Layer model;
    private final Set<Layer> known = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Layer> foreign = Collections.newSetFromMap(new WeakHashMap<>());
    private final Deque<Layer> running = new ArrayDeque<>();

    /** Makes a trace of any number of passes, one at a time. */
    public ForwardTrace(Layer model) {
        this.model = model;
    }

    /**
     * Runs a pass.
     *
     * @throws Ascend4jException if a layer that would be trained is not below the model, or is given a closed tensor
     */
    public <T> T run(Supplier<T> pass) {
        running.clear();
        return Layer.observe(this, pass);
    }

    /** Returns the layer that the last pass failed in, such as {@code body.4 (Linear)}; empty if it failed in none of the model's. */
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

    /** Reads the tree again for a layer that it has not met: the layer may be new. */
    private boolean isBelow(Layer layer) {
        if (!known.contains(layer) && !foreign.contains(layer)) {
            known.addAll(model.tree());
            if (!known.contains(layer)) {
                foreign.add(layer);
            }
        }
        return known.contains(layer);
    }

    /** A layer without parameters that does the same in training as in evaluation works unregistered, and frozen ones may be another model's. */
    private static boolean matters(Layer layer) {
        return layer.namedParameters().isEmpty()
                ? layer.whyBatchStaysWhole().isPresent()
                : layer.namedParameters().values().stream().anyMatch(Tensor::requires_grad);
    }
}
