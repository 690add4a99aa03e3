package org.ascend4j.nn.loss;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * {@code torch.nn.MSELoss}: the squared differences; output and target have the same shape.
 *
 * @since 0.1.0
 */
public final class MSELoss implements Loss {
    private final Reduction reduction;

    /** Creates the mean loss of a batch. */
    public MSELoss() {
        this(Reduction.MEAN);
    }

    /** Creates a loss. */
    public MSELoss(Reduction reduction) {
        this.reduction = reduction;
    }

    @Override
    public Tensor forward(Tensor output, Tensor target) {
        return torch.mse_loss(output, target, reduction.code());
    }
}
