package org.ascend4j.nn;

import static org.bytedeco.pytorch.global.torch.avg_pool2d;

import org.ascend4j.Ascend4jException;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * {@code torch.nn.LocalResponseNorm}: divides each value by {@code (k + alpha * mean of squares over neighbouring channels) ^ beta}
 * (<a href="https://papers.nips.cc/paper/4824">Krizhevsky et al., 2012</a>, section 3.3).
 *
 * <p>The mean over channels is computed as a two-dimensional pooling of {@code N x 1 x C x HW}, an operator that every device supports; Python pools in three
 * dimensions.
 *
 * @since 0.1.0
 */
public final class LocalResponseNorm extends Layer {
    private static final long[] STRIDE = {1, 1};

    private final long[] window;
    private final long[] padding;
    private final Scalar alpha;
    private final Scalar beta;
    private final Scalar k;

    /** Creates a normalisation over an odd number of channels. */
    public LocalResponseNorm(long size, double alpha, double beta, double k) {
        super("LocalResponseNorm");
        if (size < 1 || size % 2 == 0) {
            throw new Ascend4jException(
                    "local response normalisation expects an odd number of channels, found " + size);
        }
        this.window = new long[] {size, 1};
        this.padding = new long[] {size / 2, 0};
        this.alpha = own(new Scalar(alpha));
        this.beta = own(new Scalar(beta));
        this.k = own(new Scalar(k));
    }

    @Override
    protected Tensor compute(Tensor input) {
        long[] shape = input.shape();
        try (Tensor squares = input.square();
                Tensor rows = squares.reshape(shape[0], 1, shape[1], shape[2] * shape[3]);
                Tensor mean = avg_pool2d(rows, window, STRIDE, padding, false, true, null);
                Tensor maps = mean.reshape(shape);
                Tensor scaled = maps.mul(alpha);
                Tensor shifted = scaled.add(k);
                Tensor divisor = shifted.pow(beta)) {
            return input.div(divisor);
        }
    }
}
