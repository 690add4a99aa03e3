package org.ascend4j.nn;

import static org.bytedeco.pytorch.global.torch.conv2d;
import static org.bytedeco.pytorch.global.torch.empty;

import org.ascend4j.Ascend4jException;
import org.ascend4j.nativelib.NativeLibrary;
import org.ascend4j.nativelib.autocast.Autocast;
import org.ascend4j.nativelib.nn.ChannelsLastMaps;
import org.ascend4j.nativelib.nn.MatrixConvolution;
import org.ascend4j.nativelib.nn.WinogradConvolution;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * {@code torch.nn.Conv2d}: {@code N x in x H x W} to {@code N x out x H' x W'}.
 *
 * <p>Its economical form on small maps is a {@linkplain MatrixConvolution matrix product}, and on larger ones with the channels last, for 3x3 kernels in fp32,
 * {@linkplain WinogradConvolution Winograd's convolution}. Without our own library, it is a convolution whose kernel lacks the taps that only ever read padding.
 *
 * @since 0.1.0
 */
public final class Conv2d extends Layer {
    /**
     * The map size in pixels up to which a product is faster: of whole maps instead of a kernel of 3 and more, or of pixels instead of oneDNN's convolution.
     */
    private static final long LARGEST_PRODUCT_MAP = 4;

    /** The number of tiles from which Winograd's convolution is faster: fewer do not repay the transform of the weights. */
    private static final long FEWEST_TILES = 32;

    /**
     * Below this many channels, oneDNN's gradient of the weight of a strided 1x1 convolution in channels_last reads beyond its input (found in torch 2.7.1).
     */
    private static final long SAFE_CHANNELS = 8;

    private final Tensor weight;
    private final Tensor bias;
    private final TensorOptional biasArgument;
    private final long[] stride;
    private final long[] padding;
    private final long[] dilation;
    private final long groups;
    private final boolean keepsSize;
    private final boolean failsInChannelsLast;
    private final String description;

    /** Creates a convolution with stride 1 and a bias. */
    public Conv2d(long in, long out, long kernel, long padding) {
        this(of(in, out, kernel).padding(padding));
    }

    /** Creates a convolution; its weights are drawn from torch's generator as in Python's layer. */
    public Conv2d(long in, long out, long kernel, long stride, long padding, boolean withBias) {
        this(of(in, out, kernel).stride(stride).padding(padding).bias(withBias));
    }

    private Conv2d(Builder options) {
        super("Conv2d");
        stride = options.stride;
        padding = options.padding;
        dilation = options.dilation;
        groups = options.groups;
        description = options.describe(typeName());
        keepsSize = options.isSquare() && Extents.all(1, stride) && Extents.all(1, dilation) && groups == 1;
        failsInChannelsLast =
                Extents.all(1, options.kernel) && !Extents.all(1, stride) && options.in / groups < SAFE_CHANNELS;
        long fanIn = options.fanIn(options.in / groups);
        weight = parameter(
                "weight", LayerDefaults.weight(empty(options.weightShape(options.out, options.in / groups)), fanIn));
        bias = options.bias ? parameter("bias", LayerDefaults.bias(empty(options.out), fanIn)) : null;
        biasArgument = own(bias == null ? new TensorOptional() : new TensorOptional(bias));
    }

    /** Starts a builder for a convolution from {@code in} to {@code out} channels; a kernel is one number, or height and width. */
    public static Builder of(long in, long out, long... kernel) {
        return new Builder(in, out, kernel);
    }

    /**
     * The options of a convolution.
     *
     * @since 0.1.0
     */
    public static final class Builder extends ConvolutionBuilder<Builder, Conv2d> {
        private Builder(long in, long out, long... kernel) {
            super(2, in, out, kernel);
        }

        /**
         * Sets the padding of a convolution with stride 1 so that the output has the size of the input: Python's {@code padding="same"} for odd kernels. Call
         * it after setting the kernel and the dilation.
         */
        public Builder samePadding() {
            long[] around = {dilation[0] * (kernel[0] - 1), dilation[1] * (kernel[1] - 1)};
            if (around[0] % 2 != 0 || around[1] % 2 != 0) {
                throw new Ascend4jException("same padding expects an odd kernel or an even dilation, found a kernel of "
                        + Extents.format(kernel));
            }
            return padding(around[0] / 2, around[1] / 2);
        }

        @Override
        public Conv2d build() {
            return new Conv2d(this);
        }

        @Override
        Builder self() {
            return this;
        }

        private boolean isSquare() {
            return kernel[0] == kernel[1] && padding[0] == padding[1] && padding[0] * 2 + 1 == kernel[0];
        }
    }

    /** Returns the weight, {@code out x in x kernel x kernel}. */
    public Tensor weight() {
        return weight;
    }

    /** Returns the bias, {@code out}, or null if the convolution has none. */
    public Tensor bias() {
        return bias;
    }

    /** Returns whether the output has the size of the input: a square kernel with its own padding, stride 1, no dilation, one group. */
    boolean keepsSize() {
        return keepsSize;
    }

    @Override
    protected Tensor compute(Tensor input) {
        return convolve(input, weight, biasArgument);
    }

    /**
     * Computes with the given weights instead of the layer's own, such as the joined weights of several layers; the caller owns the result.
     *
     * @param weights {@code any x in x kernel x kernel}
     * @param biases {@code any}, or null
     */
    public Tensor forwardWith(Tensor input, Tensor weights, Tensor biases) {
        try (TensorOptional argument = biases == null ? new TensorOptional() : new TensorOptional(biases)) {
            return convolve(input, weights, argument);
        }
    }

    private Tensor convolve(Tensor input, Tensor weights, TensorOptional biases) {
        if (economises() && keepsSize) {
            if (prefersProduct(input)) {
                return MatrixConvolution.forward(input, weights, biases.has_value() ? biases.get() : null);
            }
            if (prefersWinograd(input, weights)) {
                return WinogradConvolution.forward(input, weights, biases.has_value() ? biases.get() : null);
            }
            long height = Math.min(padding[0], input.size(2) - 1);
            long width = Math.min(padding[1], input.size(3) - 1);
            if (height < padding[0] || width < padding[1]) {
                return convolveCropped(input, weights, biases, height, width);
            }
        }
        return failsInChannelsLast && input.is_cpu()
                ? convolveContiguous(input, weights, biases)
                : conv2d(input, weights, biases, stride, padding, dilation, groups);
    }

    private Tensor convolveContiguous(Tensor input, Tensor weights, TensorOptional biases) {
        // A 1x1 weight counts as contiguous whatever its strides, and torch chooses the memory format by the strides of
        // either tensor; only a clone has new strides.
        try (MemoryFormatOptional format = new MemoryFormatOptional(MemoryFormat.Contiguous);
                Tensor maps = input.clone(format);
                Tensor kernel = weights.clone(format)) {
            return conv2d(maps, kernel, biases, stride, padding, dilation, groups);
        }
    }

    /** Returns whether a matrix product is faster. On larger maps oneDNN's convolutions are faster, except than products of pixels in lower precision. */
    private boolean prefersProduct(Tensor input) {
        if (!NativeLibrary.isAvailable()) {
            return false;
        }
        long pixels = input.size(2) * input.size(3);
        return pixels <= LARGEST_PRODUCT_MAP || weight.size(2) == 1 && Autocast.isEnabled(DeviceType.CPU);
    }

    /** Returns whether Winograd's convolution can compute it and is faster: if its tiles are half full at least, and not too few. */
    private static boolean prefersWinograd(Tensor input, Tensor weights) {
        if (weights.size(2) != 3
                || weights.size(0) % WinogradConvolution.CHANNELS != 0
                || weights.size(1) % WinogradConvolution.CHANNELS != 0
                || input.scalar_type().intern() != ScalarType.Float
                || Autocast.isEnabled(DeviceType.CPU)
                || !ChannelsLastMaps.supports(input)) {
            return false;
        }
        long tile = WinogradConvolution.TILE;
        long tiles = (input.size(2) + tile - 1) / tile * ((input.size(3) + tile - 1) / tile);
        return 2 * input.size(2) * input.size(3) >= tiles * tile * tile && input.size(0) * tiles >= FEWEST_TILES;
    }

    private Tensor convolveCropped(Tensor input, Tensor weights, TensorOptional biases, long height, long width) {
        try (Tensor rows = weights.narrow(2, padding[0] - height, 2 * height + 1);
                Tensor kernel = rows.narrow(3, padding[1] - width, 2 * width + 1)) {
            return conv2d(input, kernel, biases, stride, new long[] {height, width}, dilation, groups);
        }
    }

    @Override
    public long multiplyAdds(Tensor output) {
        return output.numel() * (weight.numel() / weight.size(0));
    }

    @Override
    public String description() {
        return description;
    }
}
