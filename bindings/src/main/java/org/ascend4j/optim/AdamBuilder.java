package org.ascend4j.optim;

import java.util.List;
import java.util.Map;
import org.ascend4j.nn.Layer;
import org.bytedeco.pytorch.Tensor;

/**
 * Options of Adam and AdamW; the defaults are torch's: learning rate 0.001, betas 0.9 and 0.999, eps 1e-8.
 *
 * @param <B> the builder of one of the two
 * @since 0.1.0
 */
public abstract class AdamBuilder<B extends AdamBuilder<B>> extends OptimizerBuilder<B> {
    private static final double LEARNING_RATE = 1e-3;
    private static final double BETA1 = 0.9;

    private AdamOptions adam = AdamOptions.DEFAULT;

    AdamBuilder(Layer model, double weightDecay) {
        super(model, new GroupOptions(LEARNING_RATE, BETA1, weightDecay));
    }

    AdamBuilder(Map<String, Tensor> parameters, double weightDecay) {
        super(parameters, List.of(), new GroupOptions(LEARNING_RATE, BETA1, weightDecay));
    }

    /** Sets the shares of the means of gradients and of squared gradients that a step keeps. */
    public final B betas(double beta1, double beta2) {
        adam = new AdamOptions(beta2, adam.eps());
        return change(options().withMomentum(beta1));
    }

    /** Sets the value that is added to the root of the mean of squared gradients. */
    public final B eps(double value) {
        adam = new AdamOptions(adam.beta2(), value);
        return self();
    }

    final AdamOptions adam() {
        return adam;
    }
}
