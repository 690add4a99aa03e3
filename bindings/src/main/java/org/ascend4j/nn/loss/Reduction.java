package org.ascend4j.nn.loss;

/** What becomes of the losses of a batch's elements. */
public enum Reduction {
    /** They stay apart. */
    NONE(0),
    /** Their mean, by weight where classes have weights. */
    MEAN(1),
    /** Their sum. */
    SUM(2);

    private final long code;

    Reduction(long code) {
        this.code = code;
    }

    /** Returns torch's own number of it. */
    long code() {
        return code;
    }
}
