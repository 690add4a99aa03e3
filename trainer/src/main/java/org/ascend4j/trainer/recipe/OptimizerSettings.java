package org.ascend4j.trainer.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * The optimiser of a recipe, with torch's names and defaults.
 *
 * @param type {@code sgd}, {@code adam} or {@code adamw}
 * @param lr the learning rate, unless the schedule sets it
 * @param momentum SGD's momentum, unless the schedule cycles it
 * @param dampening SGD's dampening of the momentum
 * @param nesterov SGD's Nesterov momentum
 * @param weightDecay the L2 penalty
 * @param betas Adam's two averaging coefficients
 * @param eps Adam's term against division by zero
 */
public record OptimizerSettings(
        @JsonProperty(required = true) String type,
        @JsonProperty(required = true) double lr,
        double momentum,
        double dampening,
        boolean nesterov,
        double weightDecay,
        List<Double> betas,
        Double eps) {

    /** Checks the ranges and fills in torch's defaults. */
    public OptimizerSettings {
        Range.oneOf("optimizer.type", type, "sgd", "adam", "adamw");
        Range.notNegative("optimizer.lr", lr);
        Range.between("optimizer.momentum", momentum, 0, 1);
        Range.between("optimizer.dampening", dampening, 0, 1);
        Range.notNegative("optimizer.weight_decay", weightDecay);
        betas = betas == null ? List.of(0.9, 0.999) : Range.numbers("optimizer.betas", betas);
        Range.size("optimizer.betas", betas, 2);
        betas.forEach(beta -> Range.between("optimizer.betas", beta, 0, 1));
        eps = eps == null ? 1e-8 : eps;
        Range.notNegative("optimizer.eps", eps);
    }
}
