package org.ascend4j.nn;

import static org.bytedeco.pytorch.global.torch.hardsigmoid;

import org.bytedeco.pytorch.Tensor;

/**
 * {@code torch.nn.Hardsigmoid}: {@code relu6(x + 3) / 6}.
 *
 * @since 0.1.0
 */
public final class Hardsigmoid extends Layer {
    /** Creates the layer. */
    public Hardsigmoid() {
        super("Hardsigmoid");
    }

    @Override
    protected Tensor compute(Tensor input) {
        return hardsigmoid(input);
    }
}
