package org.ascend4j.optim;

import org.ascend4j.Ascend4jException;

/**
 * The initial settings of a group of parameters.
 *
 * @param learningRate the learning rate
 * @param momentum SGD's momentum, or Adam's beta1
 * @param weightDecay the factor of the L2 penalty
 * @since 0.1.0
 */
public record GroupOptions(double learningRate, double momentum, double weightDecay) {
    /** Checks the settings. */
    public GroupOptions {
        require("learning rate", learningRate);
        require("momentum", momentum);
        require("weight decay", weightDecay);
    }

    private static void require(String what, double value) {
        if (!(value >= 0 && Double.isFinite(value))) {
            throw new Ascend4jException("a parameter group expects a " + what + " of at least 0, found " + value);
        }
    }

    /** Returns these settings with another learning rate. */
    public GroupOptions withLearningRate(double value) {
        return new GroupOptions(value, momentum, weightDecay);
    }

    /** Returns these settings with another momentum, or Adam's beta1. */
    public GroupOptions withMomentum(double value) {
        return new GroupOptions(learningRate, value, weightDecay);
    }

    /** Returns these settings with another weight decay. */
    public GroupOptions withWeightDecay(double value) {
        return new GroupOptions(learningRate, momentum, value);
    }
}
