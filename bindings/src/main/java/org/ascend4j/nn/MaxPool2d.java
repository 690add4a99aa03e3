package org.ascend4j.nn;

import static org.bytedeco.pytorch.global.torch.max_pool2d;

import org.ascend4j.nativelib.nn.ChannelsLastMaps;
import org.ascend4j.nativelib.nn.MaxPooling;
import org.bytedeco.pytorch.Tensor;

/**
 * {@code torch.nn.MaxPool2d}; never requests indices, which need additional operators on NPUs.
 *
 * <p>Its economical form is {@link MaxPooling}, for square windows on maps with the channels last, if our own library is available.
 *
 * @since 0.1.0
 */
public final class MaxPool2d extends Layer {
    private final Builder options;
    private final boolean isSquare;

    /** Creates a pooling; in ceil mode a last window that starts inside the image is kept although it ends outside. */
    public MaxPool2d(long kernel, long stride, long padding, boolean ceilMode) {
        this(of(kernel).stride(stride).padding(padding).ceilMode(ceilMode));
    }

    private MaxPool2d(Builder options) {
        super("MaxPool2d");
        this.options = options;
        isSquare = Extents.all(options.kernel[0], options.kernel)
                && Extents.all(options.stride[0], options.stride)
                && Extents.all(options.padding[0], options.padding)
                && Extents.all(1, options.dilation)
                && options.kernel[0] <= MaxPooling.LARGEST_KERNEL;
    }

    /** Starts a builder; a window is one number, or height and width. */
    public static Builder of(long... kernel) {
        return new Builder(kernel);
    }

    /**
     * The options of a max pooling.
     *
     * @since 0.1.0
     */
    public static final class Builder extends PoolBuilder<Builder, MaxPool2d> {
        private long[] dilation = {1, 1};

        private Builder(long... kernel) {
            super(kernel);
        }

        /** Sets the distance between the pixels of a window. */
        public Builder dilation(long... sizes) {
            dilation = Extents.of("a dilation", 2, sizes);
            return this;
        }

        @Override
        public MaxPool2d build() {
            return new MaxPool2d(this);
        }

        @Override
        Builder self() {
            return this;
        }
    }

    @Override
    protected Tensor compute(Tensor input) {
        if (economises()
                && isSquare
                && ChannelsLastMaps.supports(input)
                && MaxPooling.takes(input, options.kernel[0], options.stride[0], options.padding[0])) {
            return MaxPooling.forward(
                    input, options.kernel[0], options.stride[0], options.padding[0], options.ceilMode);
        }
        return max_pool2d(input, options.kernel, options.stride, options.padding, options.dilation, options.ceilMode);
    }

    @Override
    public String description() {
        return options.describe(typeName());
    }
}
