package org.ascend4j.trainer.input;

import org.bytedeco.pytorch.Tensor;

/**
 * One step's input on the device; the tensors belong to the PointerScope that was open when it was made.
 *
 * @param images float32, B x C x H x W, normalised
 * @param labels int64, B
 * @param size the number of images, B
 * @param otherLabels the labels of the images that were mixed in, int64, B; null if none were
 * @param own the weight of {@code labels} in the loss, 0 to 1
 * @param other the weight of {@code otherLabels}: the rest
 * @since 0.1.0
 */
public record Batch(Tensor images, Tensor labels, int size, Tensor otherLabels, Factor own, Factor other) {
    /** Makes a batch of images that are not mixed. */
    public Batch(Tensor images, Tensor labels, int size) {
        this(images, labels, size, null, Factor.ONE, null);
    }
}
