package org.ascend4j.nn;

import org.bytedeco.pytorch.Tensor;

/** {@code torch.nn.Identity}: its input; the result is a handle of its own. */
public final class Identity extends Layer {
    /** Makes the layer. */
    public Identity() {
        super("Identity");
    }

    @Override
    protected Tensor compute(Tensor input) {
        return new Tensor(input);
    }
}
