package org.ascend4j.optim;

import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** {@link ElementwiseAdam} without loss scaling, with the numbers that depend on the step on the device; two launches more, for the quotient. */
final class RecordableAdam implements RecordableRule {
    private static final int DECAY = 0;
    private static final int SHARE = 1;
    private static final int RATE = 2;
    private static final int ROOT = 3;

    private final AdamOptions options;
    private final boolean decoupled;
    private final boolean exact;

    RecordableAdam(AdamOptions options, boolean decoupled, boolean exact) {
        this.options = options;
        this.decoupled = decoupled;
        this.exact = exact;
    }

    /** Returns the remaining share of the values, the gradient's share of the mean, the factor of the mean, and the root or what is added to it. */
    @Override
    public double[] factors(ParameterGroup group, long step) {
        double number = step + 1.0;
        double root = Math.sqrt(1 - Math.pow(options.beta2(), number));
        double rate = group.learningRate() / (1 - Math.pow(group.momentum(), number));
        return new double[] {
            1 - group.learningRate() * group.weightDecay(),
            1 - group.momentum(),
            exact ? -rate : -rate * root,
            exact ? root : options.eps() * root
        };
    }

    @Override
    public void apply(ParameterGroup group, Tensor[] factors, List<Slice> slices, SkipGuard guard) {
        for (Slice slice : slices) {
            Tensor value = slice.value();
            Tensor gradient = slice.gradient();
            Tensor mean = slice.state()[0];
            Tensor square = slice.state()[1];
            if (group.weightDecay() != 0 && decoupled) {
                value.mul_(factors[DECAY]);
            } else if (group.weightDecay() != 0) {
                gradient.add_(value, new Scalar(group.weightDecay()));
            }
            mean.lerp_(gradient, factors[SHARE]);
            ScalarProduct.multiply(square, options.beta2())
                    .addcmul_(gradient, gradient, new Scalar(1 - options.beta2()));
            Tensor denominator = torch.sqrt_out(gradient, square);
            if (exact) {
                denominator.div_(factors[ROOT]).add_(new Scalar(options.eps()));
            } else {
                denominator.add_(factors[ROOT]);
            }
            value.add_(mean.mul(factors[RATE]).div_(denominator));
        }
    }
}
