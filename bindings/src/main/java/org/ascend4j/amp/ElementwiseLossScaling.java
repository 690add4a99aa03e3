package org.ascend4j.amp;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Loss scaling with plain element-wise operators, which every device supports. */
final class ElementwiseLossScaling implements LossScaling {
    private final GradScaler.Options options;

    ElementwiseLossScaling(GradScaler.Options options) {
        this.options = options;
    }

    @Override
    public void unscale(List<Tensor> gradients, Tensor foundInf, Tensor inverseScale) {
        try (PointerScope scope = new PointerScope()) {
            for (Tensor gradient : gradients) {
                gradient.mul_(inverseScale);
                // The largest magnitude cannot overflow, and is non-finite exactly if an element is.
                Tensor largest = gradient.abs().max();
                foundInf.copy_(
                        torch.maximum(foundInf, largest.isfinite().logical_not().to(ScalarType.Float)));
            }
        }
    }

    @Override
    public void update(Tensor scale, Tensor growthTracker, Tensor foundInf) {
        try (PointerScope scope = new PointerScope()) {
            Tensor sound = foundInf.eq(new Scalar(0.0));
            growthTracker.add_(new Scalar(1)).mul_(sound);
            Tensor grows = growthTracker.eq(new Scalar(options.growthInterval()));
            growthTracker.masked_fill_(grows, new Scalar(0));
            Tensor shrunk = scale.mul(new Scalar(options.backoffFactor()));
            Tensor grown = scale.mul(new Scalar(options.growthFactor()));
            Tensor kept = torch.where(grows.logical_and(grown.isfinite()), grown, scale);
            scale.copy_(torch.where(sound, kept, shrunk));
        }
    }
}
