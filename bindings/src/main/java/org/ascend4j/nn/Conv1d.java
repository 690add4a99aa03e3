package org.ascend4j.nn;

import static org.bytedeco.pytorch.global.torch.conv1d;
import static org.bytedeco.pytorch.global.torch.empty;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/**
 * {@code torch.nn.Conv1d}: {@code N x in x L} to {@code N x out x L'}.
 *
 * @since 0.1.0
 */
public final class Conv1d extends Layer {
    private final Tensor weight;
    private final TensorOptional bias;
    private final Builder options;

    private Conv1d(Builder options) {
        super("Conv1d");
        this.options = options;
        long channels = options.in / options.groups;
        long fanIn = options.fanIn(channels);
        weight = parameter("weight", LayerDefaults.weight(empty(options.weightShape(options.out, channels)), fanIn));
        bias = own(
                options.bias
                        ? new TensorOptional(parameter("bias", LayerDefaults.bias(empty(options.out), fanIn)))
                        : new TensorOptional());
    }

    /** Starts a builder for a convolution from {@code in} to {@code out} channels. */
    public static Builder of(long in, long out, long kernel) {
        return new Builder(in, out, kernel);
    }

    /**
     * The options of a convolution.
     *
     * @since 0.1.0
     */
    public static final class Builder extends ConvolutionBuilder<Builder, Conv1d> {
        private Builder(long in, long out, long kernel) {
            super(1, in, out, kernel);
        }

        @Override
        public Conv1d build() {
            return new Conv1d(this);
        }

        @Override
        Builder self() {
            return this;
        }
    }

    @Override
    protected Tensor compute(Tensor input) {
        return conv1d(input, weight, bias, options.stride, options.padding, options.dilation, options.groups);
    }

    @Override
    public long multiplyAdds(Tensor output) {
        return output.numel() * (weight.numel() / weight.size(0));
    }

    @Override
    public String description() {
        return options.describe(typeName());
    }
}
