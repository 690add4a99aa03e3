package org.ascend4j.nn;

import static org.bytedeco.pytorch.global.torch.log_softmax;

import org.bytedeco.pytorch.Tensor;

/**
 * {@code torch.nn.LogSoftmax}: the logarithm of the softmax along one dimension.
 *
 * @since 0.1.0
 */
public final class LogSoftmax extends Layer {
    private final long dimension;

    /** Creates the layer for the given dimension; -1 is the last. */
    public LogSoftmax(long dimension) {
        super("LogSoftmax");
        this.dimension = dimension;
    }

    @Override
    protected Tensor compute(Tensor input) {
        return log_softmax(input, dimension);
    }
}
