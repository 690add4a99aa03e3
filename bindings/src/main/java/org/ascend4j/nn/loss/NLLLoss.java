package org.ascend4j.nn.loss;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * {@code torch.nn.NLLLoss}: log probabilities {@code N x classes x ...}, such as those of a log softmax, and labels int64 {@code N x ...}; elements with the
 * label -100 are ignored.
 *
 * @since 0.1.0
 */
public final class NLLLoss implements Loss {
    private static final long IGNORED_LABEL = -100;

    private final Tensor classWeights;
    private final Reduction reduction;

    /** Creates the mean loss of a batch. */
    public NLLLoss() {
        this(null, Reduction.MEAN);
    }

    /** Creates a loss; {@code classWeights} are {@code classes} values on the output's device, or null. The caller keeps ownership of the tensor. */
    public NLLLoss(Tensor classWeights, Reduction reduction) {
        this.classWeights = classWeights;
        this.reduction = reduction;
    }

    @Override
    public Tensor forward(Tensor logProbabilities, Tensor labels) {
        try (TensorOptional weights = Arguments.optional(classWeights)) {
            return torch.nll_loss_nd(logProbabilities, labels, weights, reduction.code(), IGNORED_LABEL);
        }
    }
}
