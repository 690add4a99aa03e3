package org.ascend4j.optim;

import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * {@link ElementwiseSgd} with learning rate and momentum on the device. {@code addcmul} multiplies by a tensor of one element where {@code add} multiplies by a
 * number, and rounds alike.
 */
final class RecordableSgd implements RecordableRule {
    private final SgdOptions options;
    private final boolean exact;

    RecordableSgd(SgdOptions options, boolean exact) {
        this.options = options;
        this.exact = exact;
    }

    @Override
    public double[] factors(ParameterGroup group, long step) {
        return new double[] {group.learningRate(), group.momentum()};
    }

    @Override
    public void apply(ParameterGroup group, Tensor[] factors, List<Slice> slices, SkipGuard guard) {
        for (Slice slice : slices) {
            if (guard != null) {
                guard.sanitize(slice.gradient());
            }
            if (group.weightDecay() != 0) {
                slice.gradient().add_(slice.value(), new Scalar(group.weightDecay()));
            }
            Tensor direction = group.momentum() == 0 ? slice.gradient() : accumulate(factors[1], slice, guard);
            if (guard == null) {
                slice.value().addcmul_(direction, factors[0], new Scalar(-1.0));
            } else {
                // The eager update rounds this product, too.
                slice.value().addcmul_(direction.mul(factors[0]), guard.keep(), new Scalar(-1.0));
            }
        }
    }

    private Tensor accumulate(Tensor momentum, Slice slice, SkipGuard guard) {
        Tensor buffer = slice.state()[0];
        Tensor gradient = slice.gradient();
        if (guard != null) {
            buffer.mul_(guard.factorOrOne(momentum))
                    .addcmul_(gradient, guard.keep(), new Scalar(1 - options.dampening()));
        } else if (options.dampening() == 0 && !exact) {
            torch.addcmul_out(buffer, gradient, buffer, momentum);
        } else {
            buffer.mul_(momentum).add_(gradient, new Scalar(1 - options.dampening()));
        }
        return options.nesterov() ? gradient.addcmul_(buffer, momentum) : buffer;
    }
}
