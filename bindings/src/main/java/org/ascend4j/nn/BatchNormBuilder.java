package org.ascend4j.nn;

/**
 * The options of a batch norm; the defaults are Python's.
 *
 * @param <B> the builder of the layer
 * @param <L> the layer
 * @since 0.1.0
 */
public abstract class BatchNormBuilder<B extends BatchNormBuilder<B, L>, L extends BatchNorm> {
    final long channels;
    double epsilon = 1e-5;
    double momentum = 0.1;
    boolean affine = true;
    boolean statistics = true;

    BatchNormBuilder(long channels) {
        this.channels = channels;
    }

    /** Sets the value that is added to the variance. */
    public B epsilon(double value) {
        epsilon = value;
        return self();
    }

    /** Sets the weight of a batch's statistics in the update of the running ones. */
    public B momentum(double value) {
        momentum = value;
        return self();
    }

    /** Sets whether each channel has a factor and a bias. */
    public B affine(boolean wanted) {
        affine = wanted;
        return self();
    }

    /** Sets whether running statistics are tracked for evaluation; without them evaluation uses those of the current batch. */
    public B trackRunningStatistics(boolean wanted) {
        statistics = wanted;
        return self();
    }

    /** Creates the layer; the caller owns it. */
    public abstract L build();

    abstract B self();
}
