package org.ascend4j.optim;

import java.util.List;

/** Adam and AdamW: torch.optim.Adam without amsgrad (<a href="https://arxiv.org/abs/1412.6980">paper</a>). */
public final class Adam extends FlatOptimizer {
    /** Makes the optimiser with the default way of updating for the parameters' device. */
    public Adam(List<ParameterGroup> groups, AdamOptions options) {
        this(groups, options, UpdatePath.defaultFor(groups));
    }

    /** Makes the optimiser with a chosen way of updating. */
    public Adam(List<ParameterGroup> groups, AdamOptions options, UpdatePath path) {
        super(
                groups,
                path,
                path.fused() ? new FusedAdam(options) : new ElementwiseAdam(options, path == UpdatePath.EXACT),
                List.of("exp_avg", "exp_avg_sq"));
    }

    @Override
    int buffersOf(ParameterGroup group) {
        return 2;
    }

    @Override
    boolean needsExactSteps() {
        return false;
    }
}
