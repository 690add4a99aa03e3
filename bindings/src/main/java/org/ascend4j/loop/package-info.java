/**
 * A compact training loop for your own programs.
 *
 * <!-- java: DeviceBackend device, Layer net, Tensor images, Tensor labels -->
 * <pre>{@code
 * try (TrainingSession loop = TrainingSession.of(device, net, Sgd.over(net).learningRate(0.1).momentum(0.9)).build()) {
 *     Tensor x = loop.toDevice(images);
 *     Tensor y = loop.toDevice(labels);
 *     for (int step = 0; step < 100; step++) {
 *         loop.step(() -> new CrossEntropyLoss().forward(net.forward(x), y));
 *     }
 *     loop.save(Path.of("last.ckpt"));
 * }
 * }</pre>
 */
package org.ascend4j.loop;
