package org.ascend4j.optim;

/**
 * Parameters that share the settings of an optimiser; the settings may change between steps.
 *
 * @since 0.1.0
 */
public final class ParameterGroup {
    private final FlatParameters parameters;
    private double learningRate;
    private double momentum;
    private double weightDecay;

    /**
     * Creates a group of parameters with its settings.
     *
     * @param parameters the parameters, owned by the caller
     * @param learningRate the learning rate
     * @param momentum SGD's momentum, or Adam's beta1
     * @param weightDecay the factor of the L2 penalty
     */
    public ParameterGroup(FlatParameters parameters, double learningRate, double momentum, double weightDecay) {
        this.parameters = parameters;
        this.learningRate = learningRate;
        this.momentum = momentum;
        this.weightDecay = weightDecay;
    }

    /** Creates a group of parameters with its settings; the caller keeps ownership of the parameters. */
    public ParameterGroup(FlatParameters parameters, GroupOptions options) {
        this(parameters, options.learningRate(), options.momentum(), options.weightDecay());
    }

    /** Returns the parameters. */
    public FlatParameters parameters() {
        return parameters;
    }

    /** Returns the learning rate. */
    public double learningRate() {
        return learningRate;
    }

    /** Returns SGD's momentum, or Adam's beta1. */
    public double momentum() {
        return momentum;
    }

    /** Returns the factor of the L2 penalty. */
    public double weightDecay() {
        return weightDecay;
    }

    public void setLearningRate(double value) {
        learningRate = value;
    }

    public void setMomentum(double value) {
        momentum = value;
    }

    public void setWeightDecay(double value) {
        weightDecay = value;
    }
}
