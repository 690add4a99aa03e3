package org.ascend4j.nn;

/**
 * The options of a batch norm: Python's defaults unless said otherwise.
 *
 * @param <B> the builder of the layer
 * @param <L> the layer
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

    /** Sets what is added to the variance. */
    public B epsilon(double value) {
        epsilon = value;
        return self();
    }

    /** Sets the share of a batch's statistics in the running ones. */
    public B momentum(double value) {
        momentum = value;
        return self();
    }

    /** Says whether each channel has a factor and a bias. */
    public B affine(boolean wanted) {
        affine = wanted;
        return self();
    }

    /** Says whether statistics of the batches so far are kept for evaluations, which else use those of the batch at hand. */
    public B trackRunningStatistics(boolean wanted) {
        statistics = wanted;
        return self();
    }

    /** Makes the layer; the caller owns it. */
    public abstract L build();

    abstract B self();
}
