package org.ascend4j.nn;

import static org.bytedeco.pytorch.global.torch.adaptive_avg_pool2d;

import org.bytedeco.pytorch.Tensor;

/**
 * {@code torch.nn.AdaptiveAvgPool2d}: averages maps of any size over a grid of {@code H x W} parts.
 *
 * @since 0.1.0
 */
public final class AdaptiveAvgPool2d extends Layer {
    private final long[] size;

    /** Creates a pooling into maps of {@code size x size}. */
    public AdaptiveAvgPool2d(long size) {
        this(size, size);
    }

    /** Creates a pooling into maps of {@code height x width}. */
    public AdaptiveAvgPool2d(long height, long width) {
        super("AdaptiveAvgPool2d");
        size = new long[] {height, width};
    }

    @Override
    protected Tensor compute(Tensor input) {
        return adaptive_avg_pool2d(input, size);
    }
}
