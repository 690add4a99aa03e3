package org.ascend4j.trainer.input;

import org.bytedeco.pytorch.Tensor;

/**
 * One step's input on the device; the tensors belong to the PointerScope that was open when it was made.
 *
 * @param images float32, B x C x H x W, normalised
 * @param labels int64, B
 * @param size the number of images, B
 */
public record Batch(Tensor images, Tensor labels, int size) {}
