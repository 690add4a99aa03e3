package org.ascend4j.trainer.tune;

/**
 * A setting of a recipe that the search varies, with the values that it may have.
 *
 * @since 0.1.0
 */
public sealed interface Parameter permits Choices, Interval {
    /** Returns the setting's path, such as {@code schedule.max_lr}. */
    String setting();

    /** Returns the value at {@code share} of the way through the values, as YAML; 0 up to but not including 1. */
    String value(double share);

    /** Returns whether a value, as YAML, is one of the values. */
    boolean contains(String value);

    /** Returns the number of different values, at most {@link SearchSpace#MOST}. */
    long size();

    /** Returns the text that {@link SearchSpace#parse} read. */
    String text();
}
