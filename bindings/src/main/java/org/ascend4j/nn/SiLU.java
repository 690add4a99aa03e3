package org.ascend4j.nn;

import static org.bytedeco.pytorch.global.torch.silu;

import org.bytedeco.pytorch.Tensor;

/**
 * {@code torch.nn.SiLU}: {@code x * sigmoid(x)} (<a href="https://arxiv.org/abs/1702.03118">Elfwing et al., 2017</a>).
 *
 * @since 0.1.0
 */
public final class SiLU extends Layer {
    /** Creates the layer. */
    public SiLU() {
        super("SiLU");
    }

    @Override
    protected Tensor compute(Tensor input) {
        return silu(input);
    }
}
