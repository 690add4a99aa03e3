package org.ascend4j.nn;

import org.bytedeco.pytorch.Tensor;

/** Sees the inputs and outputs of layers as a forward pass goes through them. */
public interface ForwardObserver {
    /** Says whether each layer shall compute in its place: else two may change places where the values are the same bits. */
    default boolean needsOrder() {
        return true;
    }

    /** Called before {@code layer} computes. */
    void before(Layer layer, Tensor input);

    /** Called when {@code layer} has computed {@code output}. */
    void after(Layer layer, Tensor input, Tensor output);
}
