package org.ascend4j.nn;

import static org.bytedeco.pytorch.global.torch.avg_pool2d;

import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * {@code torch.nn.AvgPool2d}: reduces {@code N x C x H x W} to the means of its windows.
 *
 * @since 0.1.0
 */
public final class AvgPool2d extends Layer {
    private final Builder options;
    private final LongOptional divisor;

    /** Creates a pooling of {@code kernel x kernel} windows, {@code stride} apart. */
    public AvgPool2d(long kernel, long stride) {
        this(of(kernel).stride(stride));
    }

    private AvgPool2d(Builder options) {
        super("AvgPool2d");
        this.options = options;
        divisor = own(options.divisor == 0 ? new LongOptional() : new LongOptional(options.divisor));
    }

    /** Starts a builder; a window is one number, or height and width. */
    public static Builder of(long... kernel) {
        return new Builder(kernel);
    }

    /**
     * The options of an average pooling.
     *
     * @since 0.1.0
     */
    public static final class Builder extends PoolBuilder<Builder, AvgPool2d> {
        private boolean countsPadding = true;
        private long divisor;

        private Builder(long... kernel) {
            super(kernel);
        }

        /** Sets whether padded pixels count as zeros in the mean: Python's {@code count_include_pad}. */
        public Builder countIncludePad(boolean wanted) {
            countsPadding = wanted;
            return this;
        }

        /** Sets the divisor of the sums, which is otherwise the window's size: Python's {@code divisor_override}. */
        public Builder divisor(long value) {
            divisor = value;
            return this;
        }

        @Override
        public AvgPool2d build() {
            return new AvgPool2d(this);
        }

        @Override
        Builder self() {
            return this;
        }
    }

    @Override
    protected Tensor compute(Tensor input) {
        return avg_pool2d(
                input,
                options.kernel,
                options.stride,
                options.padding,
                options.ceilMode,
                options.countsPadding,
                divisor);
    }

    @Override
    public String description() {
        return options.describe(typeName());
    }
}
