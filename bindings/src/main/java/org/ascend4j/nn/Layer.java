package org.ascend4j.nn;

import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;

/**
 * A {@code torch::nn::Module} with a forward function in Java.
 *
 * <p>libtorch never calls {@code forward} of a Java subclass, so a layer keeps its children in Java fields and calls them itself; registering them makes
 * {@code parameters()}, {@code to(device)} and {@code train(boolean)} reach them under Python's names.
 */
public abstract class Layer extends Module {
    private static final ThreadLocal<ForwardObserver> OBSERVER = new ThreadLocal<>();

    /** Names the layer's type, as printed by {@code summary}. */
    protected Layer(String typeName) {
        super(typeName);
    }

    /** Computes the layer's output; the caller owns the result. */
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
}
