package org.ascend4j.nn.loss;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * {@code torch.nn.L1Loss}: the absolute differences; output and target have the same shape.
 *
 * @since 0.1.0
 */
public final class L1Loss implements Loss {
    private final Reduction reduction;

    /** Creates the mean loss of a batch. */
    public L1Loss() {
        this(Reduction.MEAN);
    }

    /** Creates a loss. */
    public L1Loss(Reduction reduction) {
        this.reduction = reduction;
    }

    @Override
    public Tensor forward(Tensor output, Tensor target) {
        return torch.l1_loss(output, target, reduction.code());
    }
}
