package org.ascend4j.optim;

import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Adam with element-wise operators: with weight decay seven launches per slice, or eight in torch.optim's order. It overwrites the gradients. */
final class ElementwiseAdam implements UpdateRule {
    private final AdamOptions options;
    private final boolean decoupled;
    private final boolean exact;

    ElementwiseAdam(AdamOptions options, boolean decoupled, boolean exact) {
        this.options = options;
        this.decoupled = decoupled;
        this.exact = exact;
    }

    @Override
    public void apply(ParameterGroup group, List<Slice> slices, SkipGuard guard) {
        for (Slice slice : slices) {
            if (guard == null) {
                step(group, slice);
            } else {
                step(group, slice, guard);
            }
        }
    }

    private void step(ParameterGroup group, Slice slice) {
        Tensor value = slice.value();
        Tensor gradient = slice.gradient();
        Tensor mean = slice.state()[0];
        Tensor square = slice.state()[1];
        if (group.weightDecay() != 0 && decoupled) {
            ScalarProduct.multiply(value, 1 - group.learningRate() * group.weightDecay());
        } else if (group.weightDecay() != 0) {
            gradient.add_(value, new Scalar(group.weightDecay()));
        }
        mean.lerp_(gradient, new Scalar(1 - group.momentum()));
        ScalarProduct.multiply(square, options.beta2()).addcmul_(gradient, gradient, new Scalar(1 - options.beta2()));
        double number = slice.step() + 1.0;
        double root = Math.sqrt(1 - Math.pow(options.beta2(), number));
        double rate = group.learningRate() / (1 - Math.pow(group.momentum(), number));
        Tensor denominator = torch.sqrt_out(gradient, square);
        if (exact) {
            denominator.div_(new Scalar(root)).add_(new Scalar(options.eps()));
            value.addcdiv_(mean, denominator, new Scalar(-rate));
        } else {
            // sqrt(v) / root + eps, with root factored out of the fraction to save a launch.
            denominator.add_(new Scalar(options.eps() * root));
            value.addcdiv_(mean, denominator, new Scalar(-rate * root));
        }
    }

    /** Runs the same step with factors that are on the device and neutral if the step is skipped. */
    private void step(ParameterGroup group, Slice slice, SkipGuard guard) {
        Tensor value = slice.value();
        Tensor gradient = slice.gradient();
        Tensor mean = slice.state()[0];
        Tensor square = slice.state()[1];
        guard.sanitize(gradient);
        if (group.weightDecay() != 0 && decoupled) {
            value.mul_(guard.factorOrOne(1 - group.learningRate() * group.weightDecay()));
        } else if (group.weightDecay() != 0) {
            gradient.add_(value, new Scalar(group.weightDecay()));
        }
        mean.lerp_(gradient, guard.keep().mul(new Scalar(1 - group.momentum())).to(mean.scalar_type()));
        square.mul_(guard.factorOrOne(options.beta2()));
        square.addcmul_(gradient.mul_(gradient), guard.keep(), new Scalar(1 - options.beta2()));
        Tensor number = guard.stepNumber(slice.step());
        Tensor root = correction(options.beta2(), number).sqrt_();
        Tensor rate = root.div(correction(group.momentum(), number)).mul_(guard.keep());
        torch.sqrt_out(gradient, square).add_(root.mul(new Scalar(options.eps())));
        torch.div_out(gradient, mean, gradient);
        value.addcmul_(gradient, rate, new Scalar(-group.learningRate()));
    }

    /** Returns 1 - beta^number. */
    private static Tensor correction(double beta, Tensor number) {
        return torch.pow(new Scalar(beta), number).neg_().add_(new Scalar(1.0));
    }
}
