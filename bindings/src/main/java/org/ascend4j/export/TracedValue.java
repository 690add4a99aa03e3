package org.ascend4j.export;

/**
 * A value that flows through a traced graph.
 *
 * @param id its number in the graph
 * @param type torch's name of its element type, such as {@code Float}; null if it is not a tensor
 * @param shape its extents; null if it is not a tensor
 * @since 0.1.0
 */
public record TracedValue(int id, String type, BatchShape shape) {}
