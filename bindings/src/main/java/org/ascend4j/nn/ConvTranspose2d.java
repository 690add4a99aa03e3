package org.ascend4j.nn;

import static org.bytedeco.pytorch.global.torch.conv_transpose2d;
import static org.bytedeco.pytorch.global.torch.empty;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/**
 * {@code torch.nn.ConvTranspose2d}, which enlarges maps: {@code N x in x H x W} to {@code N x out x H' x W'}.
 *
 * @since 0.1.0
 */
public final class ConvTranspose2d extends Layer {
    private final Tensor weight;
    private final TensorOptional bias;
    private final Builder options;

    private ConvTranspose2d(Builder options) {
        super("ConvTranspose2d");
        this.options = options;
        long channels = options.out / options.groups;
        // As in Python, the fan in is computed from the weight's second dimension here, too.
        long fanIn = options.fanIn(channels);
        weight = parameter("weight", LayerDefaults.weight(empty(options.weightShape(options.in, channels)), fanIn));
        bias = own(
                options.bias
                        ? new TensorOptional(parameter("bias", LayerDefaults.bias(empty(options.out), fanIn)))
                        : new TensorOptional());
    }

    /** Starts a builder for a transposed convolution from {@code in} to {@code out} channels; a kernel is one number, or height and width. */
    public static Builder of(long in, long out, long... kernel) {
        return new Builder(in, out, kernel);
    }

    /**
     * The options of a transposed convolution; stride and padding are those of the convolution that it reverses.
     *
     * @since 0.1.0
     */
    public static final class Builder extends ConvolutionBuilder<Builder, ConvTranspose2d> {
        private long[] outputPadding;

        private Builder(long in, long out, long... kernel) {
            super(2, in, out, kernel);
            outputPadding = expand("an output padding", 0);
        }

        /** Sets the number of additional output pixels, to select one of the output sizes that a convolution reduces to the same input size. */
        public Builder outputPadding(long... sizes) {
            outputPadding = expand("an output padding", sizes);
            return this;
        }

        @Override
        public ConvTranspose2d build() {
            return new ConvTranspose2d(this);
        }

        @Override
        Builder self() {
            return this;
        }
    }

    @Override
    protected Tensor compute(Tensor input) {
        return conv_transpose2d(
                input,
                weight,
                bias,
                options.stride,
                options.padding,
                options.outputPadding,
                options.groups,
                options.dilation);
    }

    /**
     * Returns the count for multiplying each pixel of the input with the whole kernel; the input has {@code stride} times fewer rows and columns than the
     * output.
     */
    @Override
    public long multiplyAdds(Tensor output) {
        return output.numel() / (options.stride[0] * options.stride[1]) * (weight.numel() / options.out);
    }

    @Override
    public String description() {
        return options.describe(typeName());
    }
}
