package org.ascend4j.trainer.engine;

import org.ascend4j.nn.loss.CrossEntropyLoss;
import org.ascend4j.nn.loss.Loss;
import org.ascend4j.trainer.model.ImageClassifier;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** The loss that training minimises. */
final class TrainingLoss {
    private TrainingLoss() {}

    /** Returns the batch's mean cross-entropy plus the weighted cross-entropies of the auxiliary heads. */
    static Tensor of(ImageClassifier model, ImageClassifier.TrainingOutput output, Tensor labels, double smoothing) {
        Loss crossEntropy = CrossEntropyLoss.builder().labelSmoothing(smoothing).build();
        Tensor loss = crossEntropy.forward(output.logits(), labels);
        for (Tensor auxiliary : output.auxiliaryLogits()) {
            loss = loss.add(crossEntropy.forward(auxiliary, labels), new Scalar(model.auxiliaryLossWeight()));
        }
        return loss;
    }
}
