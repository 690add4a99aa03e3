package org.ascend4j.trainer.engine;

import java.util.List;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.MixedPrecision;
import org.ascend4j.device.Precision;
import org.ascend4j.nn.BatchNorm;
import org.ascend4j.trainer.input.InputPipeline;
import org.ascend4j.trainer.model.ImageClassifier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;

/**
 * Replaces the running statistics of batch norms by the means over training batches, as torch's {@code update_bn}: they then
 * fit the last weights, or the average of weights, better than statistics of earlier weights do.
 */
record Recalibration(DeviceBackend device, Precision precision) {
    /**
     * Computes the statistics of a model, in training mode and without updates of weights.
     *
     * @param input batches of an epoch that has begun
     * @param images the number of the epoch's images
     * @param batchSize images per batch
     * @param batches the number of batches; fewer if the epoch has fewer whole ones
     */
    void run(ImageClassifier model, InputPipeline input, int images, int batchSize, int batches) {
        List<BatchNorm> norms = model.tree().stream()
                .filter(BatchNorm.class::isInstance)
                .map(BatchNorm.class::cast)
                .toList();
        List<Double> momenta = norms.stream().map(BatchNorm::momentum).toList();
        model.train(true);
        FrozenParts.holdStatistics(model);
        int size = Math.min(batchSize, images);
        for (int i = 0; i < Math.min(batches, images / size); i++) {
            double share = 1.0 / (i + 1);
            norms.forEach(norm -> norm.setMomentum(share));
            try (PointerScope scope = new PointerScope();
                    NoGradGuard noGrad = new NoGradGuard();
                    MixedPrecision region = device.mixedPrecision(precision)) {
                model.forwardTraining(input.batch(i * size, size).images());
            }
        }
        for (int i = 0; i < norms.size(); i++) {
            norms.get(i).setMomentum(momenta.get(i));
        }
    }
}
