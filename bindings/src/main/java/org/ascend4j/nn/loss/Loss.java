package org.ascend4j.nn.loss;

import org.bytedeco.pytorch.Tensor;

/**
 * Measures the difference between a network's output and its target.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Loss {
    /** Returns the loss, a scalar unless the reduction is {@link Reduction#NONE}; the caller owns it. */
    Tensor forward(Tensor output, Tensor target);
}
