package org.ascend4j.nn;

import static org.bytedeco.pytorch.global.torch.flatten;

import org.bytedeco.pytorch.Tensor;

/**
 * {@code torch.nn.Flatten}: {@code N x C x H x W} to {@code N x CHW}.
 *
 * @since 0.1.0
 */
public final class Flatten extends Layer {
    /** Creates a layer that flattens all dimensions except the first. */
    public Flatten() {
        super("Flatten");
    }

    @Override
    protected Tensor compute(Tensor input) {
        return flatten(input, 1, -1);
    }
}
