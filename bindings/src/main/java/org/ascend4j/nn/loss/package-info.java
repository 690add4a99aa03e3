/**
 * Losses under Python's names: they measure the difference between a network's output and its target, as a scalar to call {@code backward} on.
 *
 * <!-- java: Tensor logits, Tensor labels -->
 * <pre>{@code
 * Loss loss = CrossEntropyLoss.builder().labelSmoothing(0.1).build();
 * loss.forward(logits, labels).backward();
 * }</pre>
 */
package org.ascend4j.nn.loss;
