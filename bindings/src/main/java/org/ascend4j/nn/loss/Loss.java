package org.ascend4j.nn.loss;

import org.bytedeco.pytorch.Tensor;

/** What a network's output differs from its target. */
@FunctionalInterface
public interface Loss {
    /** Returns the loss, of no dimensions unless the reduction is {@link Reduction#NONE}; the caller owns it. */
    Tensor forward(Tensor output, Tensor target);
}
