package org.ascend4j.trainer.model.googlenet;

import static org.bytedeco.pytorch.global.torch.cat;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/**
 * torchvision's {@code transform_input}: converts images normalised with ImageNet's means and deviations to a mean and
 * deviation of 0.5, with which the published weights were trained.
 */
final class ImageNetInput {
    private ImageNetInput() {}

    private static final double[] MEANS = {0.485, 0.456, 0.406};
    private static final double[] DEVIATIONS = {0.229, 0.224, 0.225};

    /** Transforms {@code N x 3 x H x W} images; the caller owns the result. */
    static Tensor transform(Tensor images) {
        try (Tensor red = channel(images, 0);
                Tensor green = channel(images, 1);
                Tensor blue = channel(images, 2);
                TensorVector channels = new TensorVector(red, green, blue)) {
            return cat(channels, 1);
        }
    }

    private static Tensor channel(Tensor images, int index) {
        try (Tensor channel = images.narrow(1, index, 1);
                Scalar scale = new Scalar(DEVIATIONS[index] / 0.5);
                Scalar shift = new Scalar((MEANS[index] - 0.5) / 0.5);
                Tensor scaled = channel.mul(scale)) {
            return scaled.add(shift);
        }
    }
}
