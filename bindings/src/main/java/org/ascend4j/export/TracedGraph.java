package org.ascend4j.export;

import java.util.List;

/**
 * The computation of a network in evaluation mode, for batches of any size.
 *
 * @param inputs the input, then the weights in the order of {@link TracedNetwork#weights}
 * @param nodes the calls in execution order
 * @param output the id of the result
 * @since 0.1.0
 */
public record TracedGraph(List<TracedValue> inputs, List<TracedNode> nodes, int output) {}
