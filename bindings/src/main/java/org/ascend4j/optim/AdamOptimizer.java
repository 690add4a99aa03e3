package org.ascend4j.optim;

import java.util.List;

/** The common part of Adam and AdamW: everything except how weight decay is applied. */
abstract class AdamOptimizer extends FlatOptimizer {
    AdamOptimizer(List<ParameterGroup> groups, AdamOptions options, boolean decoupledDecay, UpdatePath path) {
        super(
                groups,
                path,
                path.fused()
                        ? new FusedAdam(options, decoupledDecay)
                        : new ElementwiseAdam(options, decoupledDecay, path == UpdatePath.EXACT),
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
