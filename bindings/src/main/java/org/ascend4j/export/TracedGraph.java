package org.ascend4j.export;

import java.util.List;

/**
 * What a network computes in evaluation mode, for a batch of any size.
 *
 * @param inputs the input, then the weights in the order of {@link TracedNetwork#weights}
 * @param nodes the calls in the order in which they ran
 * @param output the id of the result
 */
public record TracedGraph(List<TracedValue> inputs, List<TracedNode> nodes, int output) {}
