package org.ascend4j.nn;

import org.bytedeco.pytorch.Tensor;

/**
 * Receives the inputs and outputs of layers during a forward pass.
 *
 * @since 0.1.0
 */
public interface ForwardObserver {
    /** Returns whether layers must compute in their given order; otherwise two layers may be swapped if the results have the same bits. */
    default boolean needsOrder() {
        return true;
    }

    /** Called before {@code layer} computes. */
    void before(Layer layer, Tensor input);

    /** Called when {@code layer} has computed {@code output}. */
    void after(Layer layer, Tensor input, Tensor output);
}
