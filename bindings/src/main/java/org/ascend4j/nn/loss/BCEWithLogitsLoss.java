package org.ascend4j.nn.loss;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** {@code torch.nn.BCEWithLogitsLoss}: logits of independent yes-no questions, and targets of the same shape between 0 and 1. */
public final class BCEWithLogitsLoss implements Loss {
    private final Tensor positiveWeight;
    private final Reduction reduction;

    /** Makes the mean loss of a batch. */
    public BCEWithLogitsLoss() {
        this(null, Reduction.MEAN);
    }

    /**
     * Makes a loss.
     *
     * @param positiveWeight the weight of a yes for each question, on the logits' device: Python's {@code pos_weight}; the caller keeps it; or null
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
