package org.ascend4j.nn;

import static org.bytedeco.pytorch.global.torch.avg_pool2d;

import org.bytedeco.pytorch.Tensor;

/** {@code torch.nn.AvgPool2d} with square windows and no padding. */
public final class AvgPool2d extends Layer {
    private static final long[] NO_PADDING = {0, 0};

    private final long[] kernel;
    private final long[] stride;

    /** Makes a pooling of {@code kernel x kernel} windows, {@code stride} apart. */
    public AvgPool2d(long kernel, long stride) {
        super("AvgPool2d");
        this.kernel = new long[] {kernel, kernel};
        this.stride = new long[] {stride, stride};
    }

    @Override
    protected Tensor compute(Tensor input) {
        return avg_pool2d(input, kernel, stride, NO_PADDING, false, true, null);
    }

    @Override
    public String description() {
        return typeName() + " " + kernel[0] + "x" + kernel[0] + "/" + stride[0];
    }
}
