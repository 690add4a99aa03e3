package org.ascend4j.nn;

import static org.bytedeco.pytorch.global.torch.layer_norm;
import static org.bytedeco.pytorch.global.torch.ones;
import static org.bytedeco.pytorch.global.torch.zeros;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/**
 * {@code torch.nn.LayerNorm}: normalises over the last dimensions (<a href="https://arxiv.org/abs/1607.06450">Ba et al., 2016</a>).
 *
 * @since 0.1.0
 */
public final class LayerNorm extends Layer {
    private final long[] shape;
    private final double epsilon;
    private final TensorOptional weight;
    private final TensorOptional bias;

    /** Creates a normalisation over the last dimensions, which have the given shape, with Python's defaults. */
    public LayerNorm(long... shape) {
        this(of(shape));
    }

    private LayerNorm(Builder options) {
        super("LayerNorm");
        shape = options.shape;
        epsilon = options.epsilon;
        weight = own(options.affine ? new TensorOptional(parameter("weight", ones(shape))) : new TensorOptional());
        bias = own(
                options.affine && options.bias
                        ? new TensorOptional(parameter("bias", zeros(shape)))
                        : new TensorOptional());
    }

    /** Starts a builder for a normalisation over the last dimensions, which have the given shape. */
    public static Builder of(long... shape) {
        return new Builder(shape);
    }

    /**
     * The options of a layer norm.
     *
     * @since 0.1.0
     */
    public static final class Builder {
        private final long[] shape;
        private double epsilon = 1e-5;
        private boolean affine = true;
        private boolean bias = true;

        private Builder(long... shape) {
            this.shape = shape.clone();
        }

        /** Sets the value that is added to the variance. */
        public Builder epsilon(double value) {
            epsilon = value;
            return this;
        }

        /** Sets whether each element has its own factor and bias. */
        public Builder affine(boolean wanted) {
            affine = wanted;
            return this;
        }

        /** Sets whether there is a bias in addition to the factor. */
        public Builder bias(boolean wanted) {
            bias = wanted;
            return this;
        }

        /** Creates the layer; the caller owns it. */
        public LayerNorm build() {
            return new LayerNorm(this);
        }
    }

    @Override
    protected Tensor compute(Tensor input) {
        return layer_norm(input, shape, weight, bias, epsilon, true);
    }
}
