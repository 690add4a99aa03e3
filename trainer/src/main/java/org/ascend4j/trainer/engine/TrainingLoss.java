package org.ascend4j.trainer.engine;

import java.util.Arrays;
import org.ascend4j.nn.loss.CrossEntropyLoss;
import org.ascend4j.nn.loss.Loss;
import org.ascend4j.trainer.input.Batch;
import org.ascend4j.trainer.model.ImageClassifier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The loss that training minimises. */
final class TrainingLoss implements AutoCloseable {
    private final Loss crossEntropy;
    private final Tensor classWeights;

    /**
     * Makes the loss.
     *
     * @param classWeights the weight of each class by label; null for equal ones
     * @param outputs the outputs of the model, of which those that are no class weigh 1
     */
    TrainingLoss(double smoothing, double[] classWeights, int outputs, Device device) {
        this.classWeights = classWeights == null ? null : upload(classWeights, outputs, device);
        crossEntropy = CrossEntropyLoss.builder()
                .labelSmoothing(smoothing)
                .classWeights(this.classWeights)
                .build();
    }

    private static Tensor upload(double[] classWeights, int outputs, Device device) {
        float[] values = new float[Math.max(outputs, classWeights.length)];
        Arrays.fill(values, 1);
        for (int label = 0; label < classWeights.length; label++) {
            values[label] = (float) classWeights[label];
        }
        try (PointerScope scope = new PointerScope()) {
            return torch.tensor(values).to(device, ScalarType.Float).retainReference();
        }
    }

    /**
     * Returns the batch's mean cross-entropy plus the weighted cross-entropies of the auxiliary heads. For mixed images it is
     * the weighted mean of the losses for both labels, which equals torch's loss for labels as probabilities.
     */
    Tensor of(ImageClassifier model, ImageClassifier.TrainingOutput output, Batch batch) {
        Tensor loss = of(model, output, batch.labels());
        return batch.otherLabels() == null
                ? loss
                : batch.other().addTo(batch.own().times(loss), of(model, output, batch.otherLabels()));
    }

    private Tensor of(ImageClassifier model, ImageClassifier.TrainingOutput output, Tensor labels) {
        Tensor loss = crossEntropy.forward(output.logits(), labels);
        for (Tensor auxiliary : output.auxiliaryLogits()) {
            loss = loss.add(crossEntropy.forward(auxiliary, labels), new Scalar(model.auxiliaryLossWeight()));
        }
        return loss;
    }

    @Override
    public void close() {
        if (classWeights != null) {
            classWeights.close();
        }
    }
}
