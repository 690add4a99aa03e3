package org.ascend4j.optim;

import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** SGD with element-wise operators: with momentum and weight decay three launches per slice, or four in torch.optim's order. It overwrites the gradients. */
final class ElementwiseSgd implements UpdateRule {
    private final SgdOptions options;
    private final boolean exact;

    ElementwiseSgd(SgdOptions options, boolean exact) {
        this.options = options;
        this.exact = exact;
    }

    @Override
    public void apply(ParameterGroup group, List<Slice> slices, SkipGuard guard) {
        for (Slice slice : slices) {
            if (guard != null) {
                guard.sanitize(slice.gradient());
            }
            if (group.weightDecay() != 0) {
                slice.gradient().add_(slice.value(), new Scalar(group.weightDecay()));
            }
            Tensor direction = group.momentum() == 0 ? slice.gradient() : accumulate(group.momentum(), slice, guard);
            if (guard == null) {
                slice.value().add_(direction, new Scalar(-group.learningRate()));
            } else {
                slice.value().addcmul_(direction, guard.keep(), new Scalar(-group.learningRate()));
            }
        }
    }

    private Tensor accumulate(double momentum, Slice slice, SkipGuard guard) {
        Tensor buffer = slice.state()[0];
        Tensor gradient = slice.gradient();
        double share = slice.step() == 0 ? 1 : 1 - options.dampening();
        if (guard != null) {
            buffer.mul_(guard.factorOrOne(momentum)).addcmul_(gradient, guard.keep(), new Scalar(share));
        } else if (share == 1 && !exact) {
            // Rounds once, whereas torch.optim rounds both the product and the sum.
            torch.add_out(buffer, gradient, buffer, new Scalar(momentum));
        } else {
            ScalarProduct.multiply(buffer, momentum).add_(gradient, new Scalar(share));
        }
        return options.nesterov() ? gradient.add_(buffer, new Scalar(momentum)) : buffer;
    }
}
