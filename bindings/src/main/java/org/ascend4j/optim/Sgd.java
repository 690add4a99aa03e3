package org.ascend4j.optim;

import java.util.List;
import java.util.Map;
import org.ascend4j.nn.Layer;
import org.bytedeco.pytorch.Tensor;

/** Stochastic gradient descent with momentum, dampening, Nesterov and weight decay: torch.optim.SGD. */
public final class Sgd extends FlatOptimizer {
    private final SgdOptions options;

    /** Makes the optimiser with the default way of updating for the parameters' device. */
    public Sgd(List<ParameterGroup> groups, SgdOptions options) {
        this(groups, options, UpdatePath.defaultFor(groups));
    }

    /** Makes the optimiser with a chosen way of updating. */
    public Sgd(List<ParameterGroup> groups, SgdOptions options, UpdatePath path) {
        super(
                groups,
                path,
                path.fused() ? new FusedSgd(options) : new ElementwiseSgd(options, path == UpdatePath.EXACT),
                List.of("momentum_buffer"));
        this.options = options;
    }

    /** Begins an optimiser of a model that is on its device, with torch's defaults: learning rate 0.001, all else 0. */
    public static Builder over(Layer model) {
        return new Builder(model);
    }

    /** Begins an optimiser of leaf tensors by name. */
    public static Builder over(Map<String, Tensor> parameters) {
        return new Builder(parameters);
    }

    @Override
    int buffersOf(ParameterGroup group) {
        return group.momentum() == 0 ? 0 : 1;
    }

    @Override
    boolean needsExactSteps() {
        return options.dampening() != 0;
    }

    /** Options of the optimiser. */
    public static final class Builder extends OptimizerBuilder<Builder> {
        private static final GroupOptions DEFAULT = new GroupOptions(1e-3, 0, 0);

        private double dampening;
        private boolean nesterov;

        private Builder(Layer model) {
            super(model, DEFAULT);
        }

        private Builder(Map<String, Tensor> parameters) {
            super(parameters, List.of(), DEFAULT);
        }

        /** Sets how much of the last direction a step keeps. */
        public Builder momentum(double value) {
            return change(options().withMomentum(value));
        }

        /** Sets how much less than 1 a gradient adds to the momentum buffer. */
        public Builder dampening(double value) {
            dampening = value;
            return this;
        }

        /** Sets whether to step along the momentum buffer's next value. */
        public Builder nesterov(boolean value) {
            nesterov = value;
            return this;
        }

        @Override
        FlatOptimizer create(List<ParameterGroup> groups, UpdatePath way) {
            return new Sgd(groups, new SgdOptions(dampening, nesterov), way);
        }

        @Override
        Builder self() {
            return this;
        }
    }
}
