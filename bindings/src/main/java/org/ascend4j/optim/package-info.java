/**
 * Optimisers over flat parameter buffers, and schedules for their settings.
 *
 * <!-- java: Layer net -->
 * <pre>{@code
 * try (Optimizer optimizer = AdamW.over(net).learningRate(1e-3).noDecayForBiasesAndNorms().build()) {
 *     Schedule schedule = Decay.cosine(optimizer.learningRates(), 100, 1000);
 * }
 * }</pre>
 */
package org.ascend4j.optim;
