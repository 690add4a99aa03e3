package org.ascend4j.nn.loss;

/**
 * How the losses of a batch's elements are combined.
 *
 * @since 0.1.0
 */
public enum Reduction {
    /** No reduction: one loss per element. */
    NONE(0),
    /** The mean, weighted if classes have weights. */
    MEAN(1),
    /** The sum. */
    SUM(2);

    private final long code;

    Reduction(long code) {
        this.code = code;
    }

    /** Returns torch's number for this reduction. */
    long code() {
        return code;
    }
}
