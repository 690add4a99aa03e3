/**
 * Calls to operators that the presets do not map, through torch's dispatcher.
 *
 * <pre>{@code
 * Tensor values = torch.randn(4);
 * new BoxedOperator("relu_", "").call(values);
 * }</pre>
 */
package org.ascend4j.dispatch;
