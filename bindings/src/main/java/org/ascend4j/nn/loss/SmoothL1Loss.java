package org.ascend4j.nn.loss;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * {@code torch.nn.SmoothL1Loss}: squared differences up to {@code beta}, absolute ones beyond it (<a href="https://arxiv.org/abs/1504.08083">Girshick,
 * 2015</a>).
 *
 * @since 0.1.0
 */
public final class SmoothL1Loss implements Loss {
    private final double beta;
    private final Reduction reduction;

    /** Creates the mean loss of a batch with a beta of 1. */
    public SmoothL1Loss() {
        this(1, Reduction.MEAN);
    }

    /** Creates a loss. */
    public SmoothL1Loss(double beta, Reduction reduction) {
        this.beta = beta;
        this.reduction = reduction;
    }

    @Override
    public Tensor forward(Tensor output, Tensor target) {
        return torch.smooth_l1_loss(output, target, reduction.code(), beta);
    }
}
