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
 * <p>libtorch never calls {@code forward} of a Java subclass, so a layer keeps its children in Java fields and calls them itself. Parameters, buffers and
 * children are what torch's registry holds, whether our methods or the presets' put them there; a child may be any module of the presets, such as
 * {@code LSTMImpl}.
 *
 * <p><b>Ownership.</b> A layer owns its native module, its tensors and its children. It is independent of the {@code PointerScope}s around its construction:
 * only {@link #close} of the root (or the garbage collector, once the whole tree is unreachable) frees it. The tensors returned by {@link #stateDict} and
 * {@link #namedParameters} are the layer's own handles: do not close them, and do not use them after {@code close()}.
 */
public abstract class Layer extends Module {
    private static final ThreadLocal<ForwardObserver> OBSERVER = new ThreadLocal<>();

    private final String typeName;
    private final Map<String, Layer> layers = new HashMap<>();
    private final Map<Long, Tensor> handles = new HashMap<>();
    private final Set<String> transientBuffers = new HashSet<>();
    private final List<Pointer> owned = new ArrayList<>();
    private boolean economical;

    /** Names the layer's type, as printed by {@code summary}. */
    protected Layer(String typeName) {
        super(typeName);
        this.typeName = typeName;
        own(this);
    }

    /**
     * Computes the layer's output. The caller owns the result, which is {@code input} itself where a layer works in place; intermediate tensors are closed
     * here, so that an evaluation holds no more memory than Python's.
     */
    protected abstract Tensor compute(Tensor input);

    /** Computes the layer's output and tells this thread's observer, if any. */
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

    /** Runs {@code body} while {@code observer} sees every layer's forward on this thread. */
    public static void observe(ForwardObserver observer, Runnable body) {
        observe(observer, () -> {
            body.run();
            return null;
        });
    }

    /** Does the same and returns what {@code body} does. */
    static <T> T observe(ForwardObserver observer, Supplier<T> body) {
        ForwardObserver before = OBSERVER.get();
        OBSERVER.set(observer);
        try {
            return body.get();
        } finally {
            OBSERVER.set(before);
        }
    }

    /** Says whether an observer of this thread expects every layer in its place. */
    static boolean isObserved() {
        ForwardObserver observer = OBSERVER.get();
        return observer != null && observer.needsOrder();
    }

    /** Returns the name of the layer's type, such as {@code Conv2d}. */
    public final String typeName() {
        return typeName;
    }

    /** Returns the type with what sets this layer apart from others of its type, such as {@code Conv2d 7x7/2}. */
    public String description() {
        return typeName;
    }

    /** Returns how many multiplications (each with its addition) give {@code output}, children not included; biases and pooling count as nothing. */
    public long multiplyAdds(Tensor output) {
        return 0;
    }

    /**
     * Returns what of this layer alone makes the result of one image depend on the others of its batch or on their order, as part of a sentence; empty where
     * nothing does. Layers that draw random numbers or compute statistics over the batch override it.
     */
    public Optional<String> batchDependence() {
        return Optional.empty();
    }

    /** Returns why a batch may not be split over copies of this tree in training: the first module that forbids it, and its reason; empty where none does. */
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

    /** Returns the tree as torch's registry has it. It is read at each call: keep the result where it is needed often. */
    public final ModuleNode moduleTree() {
        requireOpen();
        return Registry.read(this);
    }

    /** Returns parameters and buffers of the tree, named and ordered as Python's {@code state_dict()}; the tensors stay the layers' own. */
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
     * Returns the parameters of the tree, named and ordered as Python's {@code named_parameters()}: a tensor that several modules share is there once, under
     * its first name. The tensors stay the layers' own.
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

    /** Returns this layer and those below it, each once and before its children. */
    public final List<Layer> tree() {
        return moduleTree()
                .all()
                .flatMap(node -> node.layer().stream())
                .distinct()
                .toList();
    }

    /** Freezes the parameters of the tree, or lets them be trained again: Python's {@code requires_grad_}. */
    public final void requiresGrad(boolean wanted) {
        namedParameters().values().forEach(parameter -> parameter.set_requires_grad(wanted));
    }

    /** Chooses, for the layers of the tree that have one, the form that gives the same values to rounding for less work on a host. */
    public final void economise(boolean wanted) {
        tree().forEach(layer -> layer.economical = wanted);
    }

    /** Says whether {@link #economise} was wanted. */
    public final boolean economises() {
        return economical;
    }

    /** Frees the tree's native objects, whatever scopes they were made in; only the root's owner calls it. */
    @Override
    public void close() {
        layers.values().forEach(Layer::close);
        owned.forEach(Pointer::deallocate);
    }

    /** Registers a trainable tensor, which becomes this layer's own. */
    protected final Tensor parameter(String name, Tensor tensor) {
        register_parameter(name, keep(tensor), true);
        return tensor;
    }

    /** Registers a tensor that is state but not trained, which becomes this layer's own. */
    protected final Tensor buffer(String name, Tensor tensor) {
        register_buffer(name, keep(tensor));
        return tensor;
    }

    /** Registers a tensor that moves with the layer but is not part of its state: Python's {@code register_buffer(persistent=False)}. */
    protected final Tensor transientBuffer(String name, Tensor tensor) {
        transientBuffers.add(name);
        return buffer(name, tensor);
    }

    /** Registers a module below this one, one of our layers or of the presets, which becomes this layer's own. */
    protected final <M extends Module> M child(String name, M module) {
        return register_module(name, module);
    }

    /** Does what {@link #child} does. */
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

    /** Returns the layer that was registered under a name, if torch's registry still has it there; else null. */
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
        // A scope gives up one reference when it ends; this one stays, so the object outlives the scope it was made in.
        pointer.retainReference();
        owned.add(pointer);
        return pointer;
    }

    private Tensor keep(Tensor tensor) {
        handles.putIfAbsent(Registry.identity(tensor), own(tensor));
        return tensor;
    }
}
