package org.ascend4j.nn.loss;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * {@code torch.nn.CrossEntropyLoss}: logits {@code N x classes x ...}; labels int64 {@code N x ...}, or class probabilities in the logits' shape.
 *
 * @since 0.1.0
 */
public final class CrossEntropyLoss implements Loss {
    private final Builder options;

    /** Creates the mean loss of a batch. */
    public CrossEntropyLoss() {
        this(new Builder());
    }

    private CrossEntropyLoss(Builder options) {
        this.options = options;
    }

    /** Starts a builder. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The options of a cross-entropy; the defaults are Python's.
     *
     * @since 0.1.0
     */
    public static final class Builder {
        private double labelSmoothing;
        private Tensor classWeights;
        private long ignoredLabel = -100;
        private Reduction reduction = Reduction.MEAN;

        private Builder() {}

        /**
         * Sets the share of the target that is distributed evenly over all classes (<a href="https://arxiv.org/abs/1512.00567">Szegedy et al., 2015</a>,
         * section 7).
         */
        public Builder labelSmoothing(double share) {
            labelSmoothing = share;
            return this;
        }

        /** Sets the weight of each class, {@code classes} values on the logits' device; the caller keeps ownership of the tensor. */
        public Builder classWeights(Tensor weights) {
            classWeights = weights;
            return this;
        }

        /** Sets the label of elements that are ignored; the default is -100. */
        public Builder ignoredLabel(long label) {
            ignoredLabel = label;
            return this;
        }

        /** Sets the reduction of the elements' losses. */
        public Builder reduction(Reduction wanted) {
            reduction = wanted;
            return this;
        }

        /** Creates the loss. */
        public CrossEntropyLoss build() {
            return new CrossEntropyLoss(this);
        }
    }

    @Override
    public Tensor forward(Tensor logits, Tensor labels) {
        try (TensorOptional weights = Arguments.optional(options.classWeights)) {
            return torch.cross_entropy_loss(
                    logits, labels, weights, options.reduction.code(), options.ignoredLabel, options.labelSmoothing);
        }
    }
}
