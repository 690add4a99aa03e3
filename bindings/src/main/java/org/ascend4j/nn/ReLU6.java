package org.ascend4j.nn;

import static org.bytedeco.pytorch.global.torch.relu6;

import org.bytedeco.pytorch.Tensor;

/**
 * {@code torch.nn.ReLU6}: {@code min(max(x, 0), 6)}.
 *
 * @since 0.1.0
 */
public final class ReLU6 extends Layer {
    /** Creates the layer. */
    public ReLU6() {
        super("ReLU6");
    }

    @Override
    protected Tensor compute(Tensor input) {
        return relu6(input);
    }
}
