package org.ascend4j.export;

/**
 * A number in a graph that is a multiple of the batch.
 *
 * @param factor the multiple
 * @since 0.1.0
 */
public record BatchMultiple(long factor) {}
