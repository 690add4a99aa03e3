package org.ascend4j.optim;

import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * {@link ElementwiseAdam} under loss scaling, with the numbers that depend on the step on the device. The number of the update is there, too, because the device
 * alone knows how many steps were skipped.
 */
final class RecordableSkippingAdam implements RecordableRule {
    private static final int DECAY = 0;
    private static final int SHARE = 1;
    private static final int BETA = 2;
    private static final int RATE = 3;
    private static final int NUMBER = 4;

    private final AdamOptions options;
    private final boolean decoupled;

    RecordableSkippingAdam(AdamOptions options, boolean decoupled) {
        this.options = options;
        this.decoupled = decoupled;
    }

    /** Returns the remaining share of the values, the gradient's share of the mean, the rest of it, the learning rate, and the number of the attempt. */
    @Override
    public double[] factors(ParameterGroup group, long step) {
        return new double[] {
            1 - group.learningRate() * group.weightDecay(),
            1 - group.momentum(),
            group.momentum(),
            group.learningRate(),
            step + 1.0
        };
    }

    @Override
    public void apply(ParameterGroup group, Tensor[] factors, List<Slice> slices, SkipGuard guard) {
        Tensor number = guard.stepNumber(factors[NUMBER]);
        Tensor root = correction(torch.pow(new Scalar(options.beta2()), number)).sqrt_();
        Tensor rate = root.div(correction(torch.pow(factors[BETA], number))).mul_(guard.keep());
        for (Slice slice : slices) {
            Tensor value = slice.value();
            Tensor gradient = slice.gradient();
            Tensor mean = slice.state()[0];
            Tensor square = slice.state()[1];
            guard.sanitize(gradient);
            if (group.weightDecay() != 0 && decoupled) {
                value.mul_(guard.factorOrOne(factors[DECAY]));
            } else if (group.weightDecay() != 0) {
                gradient.add_(value, new Scalar(group.weightDecay()));
            }
            mean.lerp_(gradient, guard.keep().mul(factors[SHARE]).to(mean.scalar_type()));
            square.mul_(guard.factorOrOne(options.beta2()));
            square.addcmul_(gradient.mul_(gradient), guard.keep(), new Scalar(1 - options.beta2()));
            torch.sqrt_out(gradient, square).add_(root.mul(new Scalar(options.eps())));
            torch.div_out(gradient, mean, gradient);
            value.addcmul_(gradient.mul_(factors[RATE]), rate, new Scalar(-1.0));
        }
    }

    /** Returns 1 minus the power, in its place. */
    private static Tensor correction(Tensor power) {
        return power.neg_().add_(new Scalar(1.0));
    }
}
