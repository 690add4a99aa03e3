package org.ascend4j.nn;

import static org.bytedeco.pytorch.global.torch.group_norm;
import static org.bytedeco.pytorch.global.torch.ones;
import static org.bytedeco.pytorch.global.torch.zeros;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/**
 * {@code torch.nn.GroupNorm}: normalises each image over groups of its channels (<a href="https://arxiv.org/abs/1803.08494">Wu and He, 2018</a>).
 *
 * @since 0.1.0
 */
public final class GroupNorm extends Layer {
    private final long groups;
    private final double epsilon;
    private final TensorOptional weight;
    private final TensorOptional bias;

    /** Creates a normalisation with Python's defaults; {@code channels} must be a multiple of {@code groups}. */
    public GroupNorm(long groups, long channels) {
        this(of(groups, channels));
    }

    private GroupNorm(Builder options) {
        super("GroupNorm");
        groups = options.groups;
        epsilon = options.epsilon;
        weight = own(
                options.affine
                        ? new TensorOptional(parameter("weight", ones(options.channels)))
                        : new TensorOptional());
        bias = own(
                options.affine ? new TensorOptional(parameter("bias", zeros(options.channels))) : new TensorOptional());
    }

    /** Starts a builder for a normalisation of {@code channels} in {@code groups}. */
    public static Builder of(long groups, long channels) {
        return new Builder(groups, channels);
    }

    /**
     * The options of a group norm.
     *
     * @since 0.1.0
     */
    public static final class Builder {
        private final long groups;
        private final long channels;
        private double epsilon = 1e-5;
        private boolean affine = true;

        private Builder(long groups, long channels) {
            this.groups = groups;
            this.channels = channels;
        }

        /** Sets the value that is added to the variance. */
        public Builder epsilon(double value) {
            epsilon = value;
            return this;
        }

        /** Sets whether each channel has a factor and a bias. */
        public Builder affine(boolean wanted) {
            affine = wanted;
            return this;
        }

        /** Creates the layer; the caller owns it. */
        public GroupNorm build() {
            return new GroupNorm(this);
        }
    }

    @Override
    protected Tensor compute(Tensor input) {
        return group_norm(input, groups, weight, bias, epsilon, true);
    }
}
