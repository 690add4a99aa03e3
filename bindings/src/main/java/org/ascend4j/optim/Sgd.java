package org.ascend4j.optim;

import java.util.List;

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

    @Override
    int buffersOf(ParameterGroup group) {
        return group.momentum() == 0 ? 0 : 1;
    }

    @Override
    boolean needsExactSteps() {
        return options.dampening() != 0;
    }
}
