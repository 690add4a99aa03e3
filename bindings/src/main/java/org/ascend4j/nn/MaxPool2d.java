package org.ascend4j.nn;

import static org.bytedeco.pytorch.global.torch.max_pool2d;

import org.ascend4j.nativelib.nn.MaxPooling;
import org.bytedeco.pytorch.Tensor;

/**
 * {@code torch.nn.MaxPool2d} with square windows; never asks for indices, which cost extra operators on NPUs.
 *
 * <p>Its economical form is {@link MaxPooling}, for maps with the channels last, where our own library is there.
 */
public final class MaxPool2d extends Economical {
    private static final long[] NO_DILATION = {1, 1};

    private final long[] kernel;
    private final long[] stride;
    private final long[] padding;
    private final boolean ceilMode;

    /** Makes a pooling; in ceil mode a last window that starts inside the image is kept although it ends outside. */
    public MaxPool2d(long kernel, long stride, long padding, boolean ceilMode) {
        super("MaxPool2d");
        this.kernel = new long[] {kernel, kernel};
        this.stride = new long[] {stride, stride};
        this.padding = new long[] {padding, padding};
        this.ceilMode = ceilMode;
    }

    @Override
    protected Tensor compute(Tensor input) {
        if (economises() && OwnOperators.take(input) && MaxPooling.takes(input, kernel[0], stride[0], padding[0])) {
            return MaxPooling.forward(input, kernel[0], stride[0], padding[0], ceilMode);
        }
        return max_pool2d(input, kernel, stride, padding, NO_DILATION, ceilMode);
    }

    @Override
    public String description() {
        return typeName() + " " + kernel[0] + "x" + kernel[0] + "/" + stride[0];
    }
}
