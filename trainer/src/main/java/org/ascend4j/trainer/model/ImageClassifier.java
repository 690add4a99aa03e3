package org.ascend4j.trainer.model;

import java.util.List;
import org.ascend4j.nn.Layer;
import org.ascend4j.trainer.model.googlenet.GoogLeNetConfig;
import org.bytedeco.pytorch.Tensor;

/** A network from images, {@code N x C x H x W} normalised floats, to logits, {@code N x classes}. */
public abstract class ImageClassifier extends Layer {
    /**
     * What a network computes in training.
     *
     * @param logits the main output, {@code N x classes}
     * @param auxiliaryLogits the auxiliary heads' outputs from the shallowest to the deepest; empty without auxiliary heads
     */
    public record TrainingOutput(Tensor logits, List<Tensor> auxiliaryLogits) {}

    /** Names the network's type. */
    protected ImageClassifier(String typeName) {
        super(typeName);
    }

    /**
     * Computes the logits and, in training mode, those of the auxiliary heads; {@link #forward} gives the main logits alone and never computes the
     * auxiliary heads.
     */
    public TrainingOutput forwardTraining(Tensor images) {
        return new TrainingOutput(forward(images), List.of());
    }

    /** Returns the weight of each auxiliary head's loss beside the main one: 0.3 in the paper (<a href="https://arxiv.org/abs/1409.4842">Szegedy et al.</a>). */
    public double auxiliaryLossWeight() {
        return 0.3;
    }

    /** Makes another network of the same form with weights of its own; the caller owns it. */
    public abstract ImageClassifier emptyCopy();

    /** Returns what this network was made of. */
    public abstract GoogLeNetConfig config();
}
