/**
 * Optimisers and schedules by name, and their settings; new ones are registered as services.
 *
 * <!-- java: Layer net -->
 * <pre>{@code
 * ObjectNode settings = JsonNodeFactory.instance.objectNode().put("type", "adamw").put("lr", 1e-3);
 * OptimizerBuilder<?> builder = Optimizers.over(net, Optimizers.read(settings));
 * }</pre>
 */
package org.ascend4j.optim.named;
