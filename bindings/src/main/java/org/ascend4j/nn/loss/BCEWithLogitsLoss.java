package org.ascend4j.nn.loss;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * {@code torch.nn.BCEWithLogitsLoss}: logits of independent binary classifications, and targets of the same shape between 0 and 1.
 *
 * @since 0.1.0
 */
public final class BCEWithLogitsLoss implements Loss {
    private final Tensor positiveWeight;
    private final Reduction reduction;

    /** Creates the mean loss of a batch. */
    public BCEWithLogitsLoss() {
        this(null, Reduction.MEAN);
    }

    /**
     * Creates a loss.
     *
     * @param positiveWeight the weight of the positive class in each classification, on the logits' device: Python's {@code pos_weight}; or null. The caller
     *     keeps ownership
     */
    public BCEWithLogitsLoss(Tensor positiveWeight, Reduction reduction) {
        this.positiveWeight = positiveWeight;
        this.reduction = reduction;
    }

    @Override
    public Tensor forward(Tensor logits, Tensor targets) {
        try (TensorOptional none = new TensorOptional();
                TensorOptional weight = Arguments.optional(positiveWeight)) {
            return torch.binary_cross_entropy_with_logits(logits, targets, none, weight, reduction.code());
        }
    }
}
