package org.ascend4j.nn;

import static org.bytedeco.pytorch.global.torch.conv2d;
import static org.bytedeco.pytorch.global.torch.empty;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/** {@code torch.nn.Conv2d} with square kernels: {@code N x in x H x W} to {@code N x out x H' x W'}. */
public final class Conv2d extends Layer {
    static final long[] NO_DILATION = {1, 1};

    private final Tensor weight;
    private final Tensor bias;
    private final TensorOptional biasArgument;
    private final long[] stride;
    private final long[] padding;
    private boolean cropping;

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

    long[] stride() {
        return stride;
    }

    long[] padding() {
        return padding;
    }

    /**
     * Leaves out what only ever meets padding: on a map of {@code s} pixels the taps further than {@code s - 1} from the kernel's centre. Less arithmetic for
     * the same result and zero gradients there, but more operators.
     */
    public void cropKernel(boolean wanted) {
        cropping = wanted;
    }

    /** Says whether taps that only meet padding are left out. */
    public boolean cropsKernel() {
        return cropping;
    }

    @Override
    protected Tensor compute(Tensor input) {
        if (cropping && stride[0] == 1 && padding[0] * 2 + 1 == weight.size(2)) {
            long height = Math.min(padding[0], input.size(2) - 1);
            long width = Math.min(padding[1], input.size(3) - 1);
            if (height < padding[0] || width < padding[1]) {
                return computeCropped(input, height, width);
            }
        }
        return conv2d(input, weight, biasArgument, stride, padding, NO_DILATION, 1);
    }

    private Tensor computeCropped(Tensor input, long height, long width) {
        try (Tensor rows = weight.narrow(2, padding[0] - height, 2 * height + 1);
                Tensor kernel = rows.narrow(3, padding[1] - width, 2 * width + 1)) {
            return conv2d(input, kernel, biasArgument, stride, new long[] {height, width}, NO_DILATION, 1);
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
