package org.ascend4j.trainer.model;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Cross-entropy, as torch's {@code CrossEntropyLoss} computes it. */
public final class Losses {
    private static final int MEAN = 1;
    private static final long NO_IGNORED_CLASS = -100;

    private Losses() {}

    /** Returns the batch's mean cross-entropy; logits {@code N x classes}, labels int64 {@code N}. */
    public static Tensor crossEntropy(Tensor logits, Tensor labels, double labelSmoothing) {
        return torch.cross_entropy_loss(logits, labels, new TensorOptional(), MEAN, NO_IGNORED_CLASS, labelSmoothing);
    }
}
