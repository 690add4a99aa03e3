package org.ascend4j.nn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.ascend4j.state.StateDict;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;

/**
 * A {@code torch::nn::Module} with a forward function in Java.
 *
 * <p>libtorch never calls {@code forward} of a Java subclass, so a layer keeps its children in Java fields and calls them itself; registering them makes
 * {@code to(device)} and {@code train(boolean)} reach them under Python's names.
 *
 * <p><b>Ownership.</b> A layer owns its native module, its tensors and its children. It is independent of the {@code PointerScope}s around its construction:
 * only {@link #close} of the root (or the garbage collector, once the whole tree is unreachable) frees it. The tensors returned by {@link #stateDict} and
 * {@link #namedParameters} are the layer's own handles: do not close them, and do not use them after {@code close()}.
 */
public abstract class Layer extends Module {
    private static final ThreadLocal<ForwardObserver> OBSERVER = new ThreadLocal<>();

    private final String typeName;
    private final Map<String, Tensor> parameters = new LinkedHashMap<>();
    private final Map<String, Tensor> buffers = new LinkedHashMap<>();
    private final Map<String, Layer> children = new LinkedHashMap<>();
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
        ForwardObserver observer = OBSERVER.get();
        if (observer == null) {
            return compute(input);
        }
        observer.before(this, input);
        Tensor output = compute(input);
        observer.after(this, input, output);
        return output;
    }

    /** Runs {@code body} while {@code observer} sees every layer's forward on this thread. */
    public static void observe(ForwardObserver observer, Runnable body) {
        OBSERVER.set(observer);
        try {
            body.run();
        } finally {
            OBSERVER.remove();
        }
    }

    /** Says whether an observer of this thread expects every layer in its place. */
    static boolean isObserved() {
        return OBSERVER.get() != null;
    }

    /** Returns the name of the layer's type, such as {@code Conv2d}. */
    public final String typeName() {
        return typeName;
    }

    /** Returns the type with what sets this layer apart from others of its type, such as {@code Conv2d 7x7/2}. */
    public String description() {
        return typeName;
    }

    /** Returns the layers directly below this one by name, in the order of registration. */
    public final Map<String, Layer> childLayers() {
        return Collections.unmodifiableMap(children);
    }

    /** Returns how many multiplications (each with its addition) give {@code output}, children not included; biases and pooling count as nothing. */
    public long multiplyAdds(Tensor output) {
        return 0;
    }

    /** Returns parameters and buffers of the tree, named and ordered as Python's {@code state_dict()}; the tensors stay the layers' own. */
    public final StateDict stateDict() {
        StateDict state = new StateDict();
        visit("", (path, layer) -> {
            layer.parameters.forEach((name, tensor) -> state.put(path + name, tensor));
            layer.buffers.forEach((name, tensor) -> state.put(path + name, tensor));
        });
        return state;
    }

    /** Returns the parameters of the tree, named and ordered as Python's {@code named_parameters()}; the tensors stay the layers' own. */
    public final Map<String, Tensor> namedParameters() {
        Map<String, Tensor> named = new LinkedHashMap<>();
        visit("", (path, layer) -> layer.parameters.forEach((name, tensor) -> named.put(path + name, tensor)));
        return named;
    }

    /** Returns this layer and those below it, each before its children. */
    public final List<Layer> tree() {
        List<Layer> all = new ArrayList<>();
        visit("", (path, layer) -> all.add(layer));
        return all;
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
        children.values().forEach(Layer::close);
        owned.forEach(Pointer::deallocate);
    }

    /** Registers a trainable tensor, which becomes this layer's own. */
    protected final Tensor parameter(String name, Tensor tensor) {
        register_parameter(name, own(tensor), true);
        parameters.put(name, tensor);
        return tensor;
    }

    /** Registers a tensor that is state but not trained, which becomes this layer's own. */
    protected final Tensor buffer(String name, Tensor tensor) {
        register_buffer(name, own(tensor));
        buffers.put(name, tensor);
        return tensor;
    }

    /** Registers a layer below this one, which becomes this layer's own. */
    protected final <L extends Layer> L child(String name, L layer) {
        children.put(name, layer);
        return register_module(name, layer);
    }

    /** Keeps a native object, such as an argument that every forward pass needs, until this layer is closed. */
    protected final <P extends Pointer> P own(P pointer) {
        // A scope gives up one reference when it ends; this one stays, so the object outlives the scope it was made in.
        pointer.retainReference();
        owned.add(pointer);
        return pointer;
    }

    private void visit(String path, BiConsumer<String, Layer> visitor) {
        visitor.accept(path, this);
        children.forEach((name, layer) -> layer.visit(path + name + ".", visitor));
    }
}
