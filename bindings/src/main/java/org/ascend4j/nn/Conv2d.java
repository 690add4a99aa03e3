package org.ascend4j.nn;

import static org.bytedeco.pytorch.global.torch.conv2d;
import static org.bytedeco.pytorch.global.torch.empty;

import org.ascend4j.nativelib.NativeLibrary;
import org.ascend4j.nativelib.autocast.Autocast;
import org.ascend4j.nativelib.nn.MatrixConvolution;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch.DeviceType;

/**
 * {@code torch.nn.Conv2d} with square kernels: {@code N x in x H x W} to {@code N x out x H' x W'}.
 *
 * <p>Its economical form on small maps is a {@linkplain MatrixConvolution matrix product}, or where our own library is missing a kernel without the taps that
 * only ever meet padding.
 */
public final class Conv2d extends Layer {
    private static final long[] NO_DILATION = {1, 1};
    /** Pixels up to which a product of whole maps is less work than a kernel of 3 and more, and one of pixels than oneDNN's convolution. */
    private static final long LARGEST_PRODUCT_MAP = 4;

    private final Tensor weight;
    private final Tensor bias;
    private final TensorOptional biasArgument;
    private final long[] stride;
    private final long[] padding;

    /** Makes a convolution of stride 1 with a bias. */
    public Conv2d(long in, long out, long kernel, long padding) {
        this(in, out, kernel, 1, padding, true);
    }

    /** Makes a convolution, drawing its weights from torch's generator as Python's layer does. */
    public Conv2d(long in, long out, long kernel, long stride, long padding, boolean withBias) {
        super("Conv2d");
        this.stride = new long[] {stride, stride};
        this.padding = new long[] {padding, padding};
        long fanIn = in * kernel * kernel;
        weight = parameter("weight", LayerDefaults.weight(empty(out, in, kernel, kernel), fanIn));
        bias = withBias ? parameter("bias", LayerDefaults.bias(empty(out), fanIn)) : null;
        biasArgument = withBias ? own(new TensorOptional(bias)) : null;
    }

    /** Returns the weight, {@code out x in x kernel x kernel}. */
    public Tensor weight() {
        return weight;
    }

    /** Returns the bias, {@code out}, or null when the convolution has none. */
    public Tensor bias() {
        return bias;
    }

    @Override
    protected Tensor compute(Tensor input) {
        return convolve(input, weight, biasArgument);
    }

    /**
     * Computes with other weights than the layer's own, such as several layers' in one tensor; the caller owns the result.
     *
     * @param weights {@code any x in x kernel x kernel}
     * @param biases {@code any}, or null
     */
    public Tensor forwardWith(Tensor input, Tensor weights, Tensor biases) {
        if (biases == null) {
            return convolve(input, weights, null);
        }
        try (TensorOptional argument = new TensorOptional(biases)) {
            return convolve(input, weights, argument);
        }
    }

    private Tensor convolve(Tensor input, Tensor weights, TensorOptional biases) {
        if (economises() && stride[0] == 1 && padding[0] * 2 + 1 == weight.size(2)) {
            if (prefersProduct(input)) {
                return MatrixConvolution.forward(input, weights, biases == null ? null : biases.get());
            }
            long height = Math.min(padding[0], input.size(2) - 1);
            long width = Math.min(padding[1], input.size(3) - 1);
            if (height < padding[0] || width < padding[1]) {
                return convolveCropped(input, weights, biases, height, width);
            }
        }
        return conv2d(input, weights, biases, stride, padding, NO_DILATION, 1);
    }

    /** oneDNN's convolutions beat products on larger maps, except those of pixels in lower precision. */
    private boolean prefersProduct(Tensor input) {
        if (!NativeLibrary.isAvailable()) {
            return false;
        }
        long pixels = input.size(2) * input.size(3);
        return pixels <= LARGEST_PRODUCT_MAP || weight.size(2) == 1 && Autocast.isEnabled(DeviceType.CPU);
    }

    private Tensor convolveCropped(Tensor input, Tensor weights, TensorOptional biases, long height, long width) {
        try (Tensor rows = weights.narrow(2, padding[0] - height, 2 * height + 1);
                Tensor kernel = rows.narrow(3, padding[1] - width, 2 * width + 1)) {
            return conv2d(input, kernel, biases, stride, new long[] {height, width}, NO_DILATION, 1);
        }
    }

    @Override
    public long multiplyAdds(Tensor output) {
        return output.numel() * (weight.numel() / weight.size(0));
    }

    @Override
    public String description() {
        return typeName() + " " + weight.size(2) + "x" + weight.size(2) + "/" + stride[0];
    }
}
