package org.ascend4j.nn;

import static org.bytedeco.pytorch.global.torch.leaky_relu;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * {@code torch.nn.LeakyReLU}: {@code x}, multiplied by a slope if it is negative.
 *
 * @since 0.1.0
 */
public final class LeakyReLU extends Layer {
    private final Scalar slope;

    /** Creates the layer with the given slope for negative values; Python's default is 0.01. */
    public LeakyReLU(double slope) {
        super("LeakyReLU");
        this.slope = own(new Scalar(slope));
    }

    @Override
    protected Tensor compute(Tensor input) {
        return leaky_relu(input, slope);
    }
}
