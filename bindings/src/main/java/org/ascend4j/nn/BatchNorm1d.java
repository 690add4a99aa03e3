package org.ascend4j.nn;

/**
 * {@code torch.nn.BatchNorm1d}: normalises the channels of {@code N x C} or {@code N x C x L}.
 *
 * @since 0.1.0
 */
public final class BatchNorm1d extends BatchNorm {
    /** Creates a normalisation of {@code channels} with Python's defaults. */
    public BatchNorm1d(long channels) {
        this(of(channels));
    }

    private BatchNorm1d(Builder options) {
        super("BatchNorm1d", options);
    }

    /** Starts a builder for a normalisation of {@code channels}. */
    public static Builder of(long channels) {
        return new Builder(channels);
    }

    /**
     * The options of a batch norm.
     *
     * @since 0.1.0
     */
    public static final class Builder extends BatchNormBuilder<Builder, BatchNorm1d> {
        private Builder(long channels) {
            super(channels);
        }

        @Override
        public BatchNorm1d build() {
            return new BatchNorm1d(this);
        }

        @Override
        Builder self() {
            return this;
        }
    }
}
