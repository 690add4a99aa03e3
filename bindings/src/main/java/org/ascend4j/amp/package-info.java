/**
 * Mixed precision in fp16: dynamic loss scaling.
 *
 * <p>One step of a loop without {@link org.ascend4j.loop.TrainingSession}, which does this itself:
 * <!-- java: GradScaler scaler, DeviceBackend device, Layer net, Tensor images, Tensor labels, Optimizer optimizer -->
 * <pre>{@code
 * Tensor loss;
 * try (MixedPrecision region = device.mixedPrecision(Precision.FP16)) {
 *     loss = new CrossEntropyLoss().forward(net.forward(images), labels);
 * }
 * scaler.scale(loss).backward();
 * scaler.unscale(optimizer);
 * scaler.step(optimizer);
 * scaler.update();
 * }</pre>
 */
package org.ascend4j.amp;
