package org.ascend4j.nn;

import static org.bytedeco.pytorch.global.torch.sigmoid;

import org.bytedeco.pytorch.Tensor;

/**
 * {@code torch.nn.Sigmoid}: {@code 1 / (1 + exp(-x))}.
 *
 * @since 0.1.0
 */
public final class Sigmoid extends Layer {
    /** Creates the layer. */
    public Sigmoid() {
        super("Sigmoid");
    }

    @Override
    protected Tensor compute(Tensor input) {
        return sigmoid(input);
    }
}
