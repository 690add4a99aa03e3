package org.ascend4j.optim;

import java.util.List;
import java.util.Map;
import org.ascend4j.nn.Layer;
import org.bytedeco.pytorch.Tensor;

/**
 * AdamW: torch.optim.AdamW without amsgrad (<a href="https://arxiv.org/abs/1711.05101">paper</a>); weights decay directly, not through the gradient.
 *
 * @since 0.1.0
 */
public final class AdamW extends AdamOptimizer {
    private static final double WEIGHT_DECAY = 0.01;

    /** Creates the optimiser with the default update path for the parameters' device. */
    public AdamW(List<ParameterGroup> groups, AdamOptions options) {
        this(groups, options, UpdatePath.defaultFor(groups));
    }

    /** Creates the optimiser with a given update path. */
    public AdamW(List<ParameterGroup> groups, AdamOptions options, UpdatePath path) {
        super(groups, options, true, path);
    }

    /** Starts a builder for a model that is already on its device, with torch's defaults: a weight decay of 0.01. */
    public static Builder over(Layer model) {
        return new Builder(model);
    }

    /** Starts a builder for named leaf tensors. */
    public static Builder over(Map<String, Tensor> parameters) {
        return new Builder(parameters);
    }

    /**
     * Options of the optimiser.
     *
     * @since 0.1.0
     */
    public static final class Builder extends AdamBuilder<Builder> {
        private Builder(Layer model) {
            super(model, WEIGHT_DECAY);
        }

        private Builder(Map<String, Tensor> parameters) {
            super(parameters, WEIGHT_DECAY);
        }

        @Override
        FlatOptimizer create(List<ParameterGroup> groups, UpdatePath way) {
            return new AdamW(groups, adam(), way);
        }

        @Override
        Builder self() {
            return this;
        }
    }
}
