package org.ascend4j.nn;

import static org.bytedeco.pytorch.global.torch.tanh;

import org.bytedeco.pytorch.Tensor;

/**
 * {@code torch.nn.Tanh}: the hyperbolic tangent.
 *
 * @since 0.1.0
 */
public final class Tanh extends Layer {
    /** Creates the layer. */
    public Tanh() {
        super("Tanh");
    }

    @Override
    protected Tensor compute(Tensor input) {
        return tanh(input);
    }
}
