package org.ascend4j.export;

/**
 * A number in a graph that is a multiple of the batch.
 *
 * @param factor the multiple
 */
public record BatchMultiple(long factor) {}
