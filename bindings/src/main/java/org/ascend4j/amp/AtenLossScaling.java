package org.ascend4j.amp;

import java.util.List;
import org.ascend4j.dispatch.BoxedOperator;
import org.bytedeco.pytorch.Tensor;

/** Loss scaling with the operators that torch provides for it. */
final class AtenLossScaling implements LossScaling {
    private final BoxedOperator unscale = new BoxedOperator("aten::_amp_foreach_non_finite_check_and_unscale_", "");
    private final BoxedOperator update = new BoxedOperator("aten::_amp_update_scale_", "");
    private final GradScaler.Options options;

    AtenLossScaling(GradScaler.Options options) {
        this.options = options;
    }

    @Override
    public void unscale(List<Tensor> gradients, Tensor foundInf, Tensor inverseScale) {
        unscale.call(gradients, foundInf, inverseScale);
    }

    @Override
    public void update(Tensor scale, Tensor growthTracker, Tensor foundInf) {
        update.call(scale, growthTracker, foundInf, options.growthFactor(), options.backoffFactor(), (long)
                options.growthInterval());
    }
}
