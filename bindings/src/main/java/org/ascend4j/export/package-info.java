/**
 * Networks as graphs of operators, and conversion of the graphs to the file formats of other runtimes.
 *
 * <!-- java: Layer network -->
 * <pre>{@code
 * try (TracedNetwork traced = TracedNetwork.of(network, 3, 224, 224)) {    // in evaluation mode, on the host
 *     traced.writeTorchScript(Path.of("network.torchscript"), "{}");
 * }
 * }</pre>
 */
package org.ascend4j.export;
