package org.ascend4j.nn;

import org.bytedeco.pytorch.Tensor;

/** Sees the inputs and outputs of layers as a forward pass goes through them. */
public interface ForwardObserver {
    /** Called before {@code layer} computes. */
    void before(Layer layer, Tensor input);

    /** Called when {@code layer} has computed {@code output}. */
    void after(Layer layer, Tensor input, Tensor output);
}
