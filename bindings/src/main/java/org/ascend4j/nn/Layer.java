package org.ascend4j.nn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.ascend4j.Ascend4jException;
import org.ascend4j.state.StateDict;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;

/**
 * A {@code torch::nn::Module} with a forward function in Java.
 *
 * <p>libtorch never calls {@code forward} of a Java subclass, so a layer keeps its children in Java fields and calls them itself. Its parameters, buffers and
 * children are those in torch's registry, whether our methods or the presets' registered them; a child may be any module of the presets, such as
 * {@code LSTMImpl}.
 *
 * <p><b>Ownership.</b> A layer owns its native module, its tensors and its children. It is independent of the {@code PointerScope}s around its construction:
 * only {@link #close} of the root (or the garbage collector, once the whole tree is unreachable) frees it. The tensors returned by {@link #stateDict} and
 * {@link #namedParameters} are the layer's own handles: do not close them, and do not use them after {@code close()}.
 *
 * @since 0.1.0
 */
public abstract class Layer extends Module {
    private static final ThreadLocal<ForwardObserver> OBSERVER = new ThreadLocal<>();

    private final String typeName;
    private final Map<String, Layer> layers = new HashMap<>();
    private final Map<Long, Tensor> handles = new HashMap<>();
    private final Set<String> transientBuffers = new HashSet<>();
    private final List<Pointer> owned = new ArrayList<>();
    private boolean economical;

    /** Creates a layer with the name of its type, as printed by {@code summary}. */
    protected Layer(String typeName) {
        super(typeName);
        this.typeName = typeName;
        own(this);
    }

    /**
     * Computes the layer's output. The caller owns the result, which is {@code input} itself if the layer works in place. The implementation closes
     * intermediate tensors, so that an evaluation uses no more memory than in Python.
     */
    protected abstract Tensor compute(Tensor input);

    /** Computes the layer's output and notifies this thread's observer, if there is one. */
    public final Tensor forward(Tensor input) {
        requireOpen();
        ForwardObserver observer = OBSERVER.get();
        if (observer != null) {
            observer.before(this, input);
        }
        if (input == null || input.isNull()) {
            throw new Ascend4jException(description() + " was given "
                    + (input == null ? "null in place of a tensor" : "a tensor that is closed"));
        }
        Tensor output = compute(input);
        if (output == null) {
            throw new Ascend4jException(typeName + " expects a tensor from compute, found null");
        }
        if (observer != null) {
            observer.after(this, input, output);
        }
        return output;
    }

    private void requireOpen() {
        if (isNull()) {
            throw new Ascend4jException(typeName + " is closed; close a model after its last use");
        }
    }

    /** Runs {@code body} while {@code observer} is notified of every layer's forward call on this thread. */
    public static void observe(ForwardObserver observer, Runnable body) {
        observe(observer, () -> {
            body.run();
            return null;
        });
    }

    /** Runs {@code body} in the same way and returns its result. */
    static <T> T observe(ForwardObserver observer, Supplier<T> body) {
        ForwardObserver before = OBSERVER.get();
        OBSERVER.set(observer);
        try {
            return body.get();
        } finally {
            OBSERVER.set(before);
        }
    }

    /** Returns whether this thread has an observer, which is notified of every layer's forward call. */
    static boolean hasObserver() {
        return OBSERVER.get() != null;
    }

    /** Returns whether an observer of this thread requires every layer in its given order. */
    static boolean isObserved() {
        ForwardObserver observer = OBSERVER.get();
        return observer != null && observer.needsOrder();
    }

    /** Returns the name of the layer's type, such as {@code Conv2d}. */
    public final String typeName() {
        return typeName;
    }

    /** Returns the type with the properties that distinguish this layer from others of its type, such as {@code Conv2d 7x7/2}. */
    public String description() {
        return typeName;
    }

    /**
     * Returns the number of multiplications (each with its addition) that produce {@code output}, without those of the children; biases and pooling are not
     * counted.
     */
    public long multiplyAdds(Tensor output) {
        return 0;
    }

    /**
     * Returns the property of this layer, without its descendants, that makes the result of one image depend on the others of its batch or on their order, as
     * part of a sentence; empty if there is none. Layers that draw random numbers or compute statistics over the batch override it.
     */
    public Optional<String> batchDependence() {
        return Optional.empty();
    }

    /** Returns whether this layer, without its descendants, draws random numbers in training. Layers that do so override it. */
    public boolean drawsRandomNumbers() {
        return false;
    }

    /** Returns whether a module of this tree draws random numbers in training. */
    public final boolean treeDrawsRandomNumbers() {
        return moduleTree().all().anyMatch(ModuleNode::drawsRandomNumbers);
    }

    /**
     * Returns the reason why a training batch may not be split over copies of this tree: the first module that prevents it, and its reason; empty if none does.
     */
    public final Optional<String> whyBatchStaysWhole() {
        return moduleTree()
                .all()
                .flatMap(
                        node -> node
                                .batchDependence()
                                .map(reason -> node.path().isEmpty() ? reason : node.path() + ": " + reason)
                                .stream())
                .findFirst();
    }

    /** Returns the tree of modules in torch's registry. The registry is read at each call, so keep the result if you need it often. */
    public final ModuleNode moduleTree() {
        requireOpen();
        return Registry.read(this);
    }

    /** Returns the parameters and buffers of the tree, named and ordered as in Python's {@code state_dict()}; the layers keep ownership of the tensors. */
    public final StateDict stateDict() {
        StateDict state = new StateDict();
        moduleTree().all().forEach(node -> {
            node.parameters().forEach((name, tensor) -> state.put(node.path(name), tensor));
            node.buffers().forEach((name, tensor) -> {
                if (node.layer().isEmpty()
                        || !node.layer().get().transientBuffers.contains(name)) {
                    state.put(node.path(name), tensor);
                }
            });
        });
        return state;
    }

    /**
     * Returns the parameters of the tree, named and ordered as in Python's {@code named_parameters()}: a tensor that several modules share appears once, under
     * its first name. The layers keep ownership of the tensors.
     */
    public final Map<String, Tensor> namedParameters() {
        Map<String, Tensor> named = new LinkedHashMap<>();
        Set<Tensor> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        moduleTree().all().forEach(node -> node.parameters().forEach((name, tensor) -> {
            if (seen.add(tensor)) {
                named.put(node.path(name), tensor);
            }
        }));
        return named;
    }

    /** Returns this layer and its descendants, each once and before its children. */
    public final List<Layer> tree() {
        return moduleTree()
                .all()
                .flatMap(node -> node.layer().stream())
                .distinct()
                .toList();
    }

    /** Freezes the parameters of the tree, or makes them trainable again: Python's {@code requires_grad_}. */
    public final void requiresGrad(boolean wanted) {
        namedParameters().values().forEach(parameter -> parameter.set_requires_grad(wanted));
    }

    /** Selects, for the layers of the tree that have one, the economical form, which gives the same values except for rounding with less work on a host. */
    public final void economise(boolean wanted) {
        tree().forEach(layer -> layer.economical = wanted);
    }

    /** Returns whether {@link #economise} has selected the economical form. */
    public final boolean economises() {
        return economical;
    }

    /** Frees the tree's native objects, whatever scopes they were created in; only the owner of the root may call it. */
    @Override
    public void close() {
        layers.values().forEach(Layer::close);
        owned.forEach(Pointer::deallocate);
    }

    /** Registers a trainable tensor; this layer takes ownership. */
    protected final Tensor parameter(String name, Tensor tensor) {
        register_parameter(name, keep(tensor), true);
        return tensor;
    }

    /** Registers a tensor that is state but not trained; this layer takes ownership. */
    protected final Tensor buffer(String name, Tensor tensor) {
        register_buffer(name, keep(tensor));
        return tensor;
    }

    /**
     * Registers a tensor that moves with the layer but is not part of its state, as Python's {@code register_buffer(persistent=False)}; this layer takes
     * ownership.
     */
    protected final Tensor transientBuffer(String name, Tensor tensor) {
        transientBuffers.add(name);
        return buffer(name, tensor);
    }

    /** Registers a child module, one of our layers or of the presets; this layer takes ownership. */
    protected final <M extends Module> M child(String name, M module) {
        return register_module(name, module);
    }

    /** Equivalent to {@link #child}. */
    @Override
    public <M extends Module> M register_module(String name, M module) {
        if (module == null) {
            throw new Ascend4jException(typeName + " expects a layer as its child '" + name + "', found null");
        }
        super.register_module(name, module);
        if (module instanceof Layer layer) {
            layers.put(name, layer);
        } else {
            own(module);
        }
        return module;
    }

    /** Returns the layer that was registered under a name, or null if torch's registry no longer holds it there. */
    final Layer layerAt(String name, long address) {
        Layer layer = layers.get(name);
        return layer != null && layer.address() == address ? layer : null;
    }

    /** Returns this layer's own handle of a tensor that torch's registry holds. */
    final Tensor handle(Tensor registered) {
        Tensor handle = handles.get(Registry.identity(registered));
        return handle != null ? handle : keep(new Tensor(registered));
    }

    /** Keeps a native object, such as an argument that every forward pass needs, until this layer is closed. */
    protected final <P extends Pointer> P own(P pointer) {
        // A scope releases one reference when it ends; this additional one makes the object outlive the scope in which
        // it was created.
        pointer.retainReference();
        owned.add(pointer);
        return pointer;
    }

    private Tensor keep(Tensor tensor) {
        handles.putIfAbsent(Registry.identity(tensor), own(tensor));
        return tensor;
    }
}
