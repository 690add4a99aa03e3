package org.ascend4j.optim;

import java.util.List;
import java.util.Map;
import org.ascend4j.nn.Layer;
import org.bytedeco.pytorch.Tensor;

/**
 * Adam: torch.optim.Adam without amsgrad (<a href="https://arxiv.org/abs/1412.6980">paper</a>); weight decay is an L2 penalty on the gradient.
 *
 * @since 0.1.0
 */
public final class Adam extends AdamOptimizer {
    private static final double WEIGHT_DECAY = 0;

    /** Creates the optimiser with the default update path for the parameters' device. */
    public Adam(List<ParameterGroup> groups, AdamOptions options) {
        this(groups, options, UpdatePath.defaultFor(groups));
    }

    /** Creates the optimiser with a given update path. */
    public Adam(List<ParameterGroup> groups, AdamOptions options, UpdatePath path) {
        super(groups, options, false, path);
    }

    /** Starts a builder for a model that is already on its device, with torch's defaults: no weight decay. */
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
            return new Adam(groups, adam(), way);
        }

        @Override
        Builder self() {
            return this;
        }
    }
}
