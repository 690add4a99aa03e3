package org.ascend4j.nn;

import org.bytedeco.pytorch.Tensor;

/**
 * {@code torch.nn.Identity}: returns its input, as a separate handle.
 *
 * @since 0.1.0
 */
public final class Identity extends Layer {
    /** Creates the layer. */
    public Identity() {
        super("Identity");
    }

    @Override
    protected Tensor compute(Tensor input) {
        return new Tensor(input);
    }
}
