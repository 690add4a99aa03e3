package org.ascend4j.optim;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ascend4j.nn.Layer;
import org.bytedeco.pytorch.Tensor;

/**
 * Stochastic gradient descent with momentum, dampening, Nesterov and weight decay: torch.optim.SGD.
 *
 * @since 0.1.0
 */
public final class Sgd extends FlatOptimizer {
    private final SgdOptions options;
    private final UpdatePath path;

    /** Creates the optimiser with the default update path for the parameters' device. */
    public Sgd(List<ParameterGroup> groups, SgdOptions options) {
        this(groups, options, UpdatePath.defaultFor(groups));
    }

    /** Creates the optimiser with a given update path. */
    public Sgd(List<ParameterGroup> groups, SgdOptions options, UpdatePath path) {
        super(
                groups,
                path,
                path.fused() ? new FusedSgd(options) : new ElementwiseSgd(options, path == UpdatePath.EXACT),
                List.of("momentum_buffer"));
        this.options = options;
        this.path = path;
    }

    @Override
    public Optional<RecordableUpdate> recordable(Tensor foundInf) {
        // With dampening, an update under loss scaling waits for the number of skipped steps.
        return path.fused() || foundInf != null && options.dampening() != 0
                ? Optional.empty()
                : Optional.of(recordable(new RecordableSgd(options, path == UpdatePath.EXACT), foundInf));
    }

    /** Starts a builder for a model that is already on its device, with torch's defaults: learning rate 0.001, all other settings 0. */
    public static Builder over(Layer model) {
        return new Builder(model);
    }

    /** Starts a builder for named leaf tensors. */
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

    /**
     * Options of the optimiser.
     *
     * @since 0.1.0
     */
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

        /** Sets the share of the previous update direction that a step keeps. */
        public Builder momentum(double value) {
            return change(options().withMomentum(value));
        }

        /** Sets the dampening: a gradient is added to the momentum buffer with a factor of 1 minus this value. */
        public Builder dampening(double value) {
            dampening = value;
            return this;
        }

        /** Sets whether to step along the next value of the momentum buffer. */
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
