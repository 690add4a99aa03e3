package org.ascend4j.trainer.engine;

import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.recipe.EvaluationSettings;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The logits of a trained network, with test-time augmentation if the settings ask for it.
 *
 * @since 0.1.0
 */
public final class Inference {
    private static final int WIDTH = 3;

    private Inference() {}

    /**
     * Returns the logits of images; with flips the mean of those of the images and of their mirror images, as in
     * <a href="https://arxiv.org/abs/2404.00498">airbench</a>. With shifts this mean has one half of the weight, and the means
     * for the images moved by a pixel down and right, and up and left, have one quarter each; the pixels that come in are
     * mirrored ones.
     *
     * @param model a network in evaluation mode
     * @param images normalised, {@code N x C x H x W}
     * @return {@code N x outputs}; float32 with flips, otherwise of the type that the network computes
     */
    public static Tensor logits(ImageClassifier model, Tensor images, EvaluationSettings settings) {
        if (!settings.mirrors()) {
            return model.forward(images);
        }
        Tensor unmoved = both(model, images);
        if (!settings.shifts()) {
            return unmoved.mul_(new Scalar(0.5));
        }
        Tensor padded = torch.reflection_pad2d(images, 1, 1, 1, 1);
        long height = images.size(2);
        long width = images.size(WIDTH);
        Tensor moved = both(model, padded.narrow(2, 0, height).narrow(WIDTH, 0, width))
                .add_(both(model, padded.narrow(2, 2, height).narrow(WIDTH, 2, width)));
        return unmoved.mul_(new Scalar(0.25)).add_(moved, new Scalar(0.125));
    }

    /** Returns the sum of the logits of images and their mirror images. */
    private static Tensor both(ImageClassifier model, Tensor images) {
        Tensor logits = model.forward(images).to(ScalarType.Float);
        return logits.add(model.forward(images.flip(WIDTH)).to(ScalarType.Float));
    }
}
