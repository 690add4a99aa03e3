package org.ascend4j.nn;

import static org.bytedeco.pytorch.global.torch.softmax;

import org.bytedeco.pytorch.Tensor;

/**
 * {@code torch.nn.Softmax}: the exponentials divided by their sum along one dimension.
 *
 * @since 0.1.0
 */
public final class Softmax extends Layer {
    private final long dimension;

    /** Creates the layer for the given dimension; -1 is the last. */
    public Softmax(long dimension) {
        super("Softmax");
        this.dimension = dimension;
    }

    @Override
    protected Tensor compute(Tensor input) {
        return softmax(input, dimension);
    }
}
