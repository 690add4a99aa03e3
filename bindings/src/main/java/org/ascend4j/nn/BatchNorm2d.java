package org.ascend4j.nn;

/**
 * {@code torch.nn.BatchNorm2d}: normalises the channels of {@code N x C x H x W}.
 *
 * @since 0.1.0
 */
public final class BatchNorm2d extends BatchNorm {
    /** Creates a normalisation of {@code channels} with Python's defaults. */
    public BatchNorm2d(long channels) {
        this(of(channels));
    }

    /** Creates a normalisation of {@code channels}; {@code epsilon} is added to the variance. */
    public BatchNorm2d(long channels, double epsilon) {
        this(of(channels).epsilon(epsilon));
    }

    private BatchNorm2d(Builder options) {
        super("BatchNorm2d", options);
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
    public static final class Builder extends BatchNormBuilder<Builder, BatchNorm2d> {
        private Builder(long channels) {
            super(channels);
        }

        @Override
        public BatchNorm2d build() {
            return new BatchNorm2d(this);
        }

        @Override
        Builder self() {
            return this;
        }
    }
}
