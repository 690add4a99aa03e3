package org.ascend4j.nn;

import static org.bytedeco.pytorch.global.torch.hardswish;

import org.bytedeco.pytorch.Tensor;

/**
 * {@code torch.nn.Hardswish}: {@code x * relu6(x + 3) / 6} (<a href="https://arxiv.org/abs/1905.02244">Howard et al., 2019</a>).
 *
 * @since 0.1.0
 */
public final class Hardswish extends Layer {
    /** Creates the layer. */
    public Hardswish() {
        super("Hardswish");
    }

    @Override
    protected Tensor compute(Tensor input) {
        return hardswish(input);
    }
}
