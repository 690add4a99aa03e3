package org.ascend4j.trainer.engine;

import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.recipe.EvaluationSettings;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The logits of a trained network, with test-time augmentation if the settings ask for it. */
public final class Inference {
    private static final int WIDTH = 3;

    private Inference() {}

    /**
     * Returns the logits of images; with flips the mean of those of the images and of their mirror images, as in
     * <a href="https://arxiv.org/abs/2404.00498">airbench</a>.
     *
     * @param model a network in evaluation mode
     * @param images normalised, {@code N x C x H x W}
     * @return {@code N x outputs}; float32 with flips, otherwise of the type that the network computes
     */
    public static Tensor logits(ImageClassifier model, Tensor images, EvaluationSettings settings) {
        Tensor logits = model.forward(images);
        if (!settings.mirrors()) {
            return logits;
        }
        Tensor mirrored = model.forward(images.flip(WIDTH)).to(ScalarType.Float);
        return logits.to(ScalarType.Float).add(mirrored).mul_(new Scalar(0.5));
    }
}
