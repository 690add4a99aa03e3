package org.ascend4j.nn;

import static org.bytedeco.pytorch.global.torch.elu;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * {@code torch.nn.ELU}: {@code x}, or {@code alpha * (exp(x) - 1)} where it is negative (<a href="https://arxiv.org/abs/1511.07289">Clevert et al., 2015</a>).
 *
 * @since 0.1.0
 */
public final class ELU extends Layer {
    private final Scalar alpha;
    private final Scalar one = own(new Scalar(1.0));

    /** Creates the layer; Python's default alpha is 1. */
    public ELU(double alpha) {
        super("ELU");
        this.alpha = own(new Scalar(alpha));
    }

    @Override
    protected Tensor compute(Tensor input) {
        return elu(input, alpha, one, one);
    }
}
