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

    @Override
    protected Tensor compute(Tensor input) {
        return conv2d(input, weight, biasArgument, stride, padding, NO_DILATION, 1);
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
