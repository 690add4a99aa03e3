package org.ascend4j.optim;

import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/** The common part of Adam and AdamW: everything except how weight decay is applied. */
abstract class AdamOptimizer extends FlatOptimizer {
    private final AdamOptions options;
    private final boolean decoupledDecay;
    private final UpdatePath path;

    AdamOptimizer(List<ParameterGroup> groups, AdamOptions options, boolean decoupledDecay, UpdatePath path) {
        super(
                groups,
                path,
                path.fused()
                        ? new FusedAdam(options, decoupledDecay)
                        : new ElementwiseAdam(options, decoupledDecay, path == UpdatePath.EXACT),
                List.of("exp_avg", "exp_avg_sq"));
        this.options = options;
        this.decoupledDecay = decoupledDecay;
        this.path = path;
    }

    @Override
    public Optional<RecordableUpdate> recordable(Tensor foundInf) {
        if (path.fused()) {
            return Optional.empty();
        }
        RecordableRule rule = foundInf == null
                ? new RecordableAdam(options, decoupledDecay, path == UpdatePath.EXACT)
                : new RecordableSkippingAdam(options, decoupledDecay);
        return Optional.of(recordable(rule, foundInf));
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
