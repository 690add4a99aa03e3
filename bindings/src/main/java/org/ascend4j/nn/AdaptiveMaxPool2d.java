package org.ascend4j.nn;

import static org.bytedeco.pytorch.global.torch.adaptive_max_pool2d;

import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;

/**
 * {@code torch.nn.AdaptiveMaxPool2d}: takes the maxima of maps of any size over a grid of {@code H x W} parts.
 *
 * @since 0.1.0
 */
public final class AdaptiveMaxPool2d extends Layer {
    private final long[] size;

    /** Creates a pooling into maps of {@code size x size}. */
    public AdaptiveMaxPool2d(long size) {
        this(size, size);
    }

    /** Creates a pooling into maps of {@code height x width}. */
    public AdaptiveMaxPool2d(long height, long width) {
        super("AdaptiveMaxPool2d");
        size = new long[] {height, width};
    }

    @Override
    protected Tensor compute(Tensor input) {
        try (T_TensorTensor_T found = adaptive_max_pool2d(input, size)) {
            return new Tensor(found.get0());
        }
    }
}
