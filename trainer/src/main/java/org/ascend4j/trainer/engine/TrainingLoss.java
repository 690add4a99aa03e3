package org.ascend4j.trainer.engine;

import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.model.Losses;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** The loss that a training step minimises. */
final class TrainingLoss {
    private TrainingLoss() {}

    /** Returns the batch's mean cross-entropy, plus the weighted ones of the auxiliary heads. */
    static Tensor of(ImageClassifier model, ImageClassifier.TrainingOutput output, Tensor labels, double smoothing) {
        Tensor loss = Losses.crossEntropy(output.logits(), labels, smoothing);
        for (Tensor auxiliary : output.auxiliaryLogits()) {
            loss = loss.add(Losses.crossEntropy(auxiliary, labels, smoothing), new Scalar(model.auxiliaryLossWeight()));
        }
        return loss;
    }
}
