/**
 * Training on several devices and hosts: the placement of the ranks and their communication.
 *
 * <!-- java: Rank rank, DeviceBackend device, Optimizer optimizer, Tensor loss, double hits, double images -->
 * <pre>{@code
 * try (RankGroup ranks = RankGroup.join(rank, device, Duration.ofMinutes(10));
 *         GradientSum gradients = ranks.gradientSum(optimizer)) {
 *     ranks.backward(loss);
 *     double[] counts = ranks.sum(hits, images);    // over all ranks, the same on each
 * }
 * }</pre>
 */
package org.ascend4j.distributed;
