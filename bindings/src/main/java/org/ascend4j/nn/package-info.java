/**
 * Layers as {@code torch::nn::Module} subclasses with Python's parameter names, computing with libtorch's functions.
 *
 * <pre>{@code
 * Layer net = new Sequential(
 *         Conv2d.of(3, 32, 3).padding(1).bias(false).build(),
 *         new BatchNorm2d(32),
 *         new ReLU(true),
 *         new AdaptiveAvgPool2d(1),
 *         new Flatten(),
 *         new Linear(32, 10));
 * try (PointerScope scope = new PointerScope()) {
 *     Tensor logits = net.forward(torch.randn(8, 3, 32, 32));    // 8 x 10
 * }
 * }</pre>
 *
 * <p><img src="doc-files/layers.svg" width="760" alt="On the left the tree of layers, whose child names form the parameter names 0.weight,
 * 1.weight, 1.bias, 5.weight and 5.bias; on the right the shapes of the tensors between the layers, from 8 x 3 x 32 x 32 to 8 x 10.">
 *
 * <p>A layer owns its parameters until it is closed. The tensors that {@code forward} returns belong to the caller, or to the surrounding
 * {@code PointerScope} of the thread.
 */
package org.ascend4j.nn;
