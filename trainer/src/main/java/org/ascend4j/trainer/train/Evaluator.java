package org.ascend4j.trainer.train;

import java.util.function.BooleanSupplier;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.MixedPrecision;
import org.ascend4j.device.Precision;
import org.ascend4j.trainer.data.ImageSet;
import org.ascend4j.trainer.input.Batch;
import org.ascend4j.trainer.input.InputPipeline;
import org.ascend4j.trainer.model.ImageClassifier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** Measures a model on images it has not seen. */
public final class Evaluator implements AutoCloseable {
    private final DeviceBackend device;
    private final Precision precision;
    private final ImageSet images;
    private final InputPipeline input;
    private final int batchSize;
    private final int[] labels;
    private final ResultWindow window;

    /**
     * Prepares evaluations.
     *
     * @param batchSize images per forward pass
     * @param precision of the forward pass
     */
    public Evaluator(DeviceBackend device, TestData data, int batchSize, Precision precision) {
        this.device = device;
        this.precision = precision;
        this.images = data.images();
        this.input = data.pipeline();
        this.batchSize = batchSize;
        labels = new int[images.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = images.label(i);
        }
        window = new ResultWindow(device.device(), (images.size() + batchSize - 1) / batchSize, images.size());
    }

    /** Evaluates all images in evaluation mode; returns null when {@code stop} says so on the way. */
    public Evaluation evaluate(ImageClassifier model, BooleanSupplier stop) {
        long start = System.nanoTime();
        model.train(false);
        for (int first = 0; first < images.size(); first += batchSize) {
            if (stop.getAsBoolean()) {
                window.read();
                return null;
            }
            step(model, first, Math.min(batchSize, images.size() - first));
        }
        ResultWindow.Results results = window.read();
        return new Evaluation(
                meanLoss(results.losses()), results.predictions(), labels, (System.nanoTime() - start) / 1e9);
    }

    /** Evaluates all images in evaluation mode. */
    public Evaluation evaluate(ImageClassifier model) {
        return evaluate(model, () -> false);
    }

    private void step(ImageClassifier model, int first, int count) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            Batch batch = input.batch(first, count);
            try (MixedPrecision region = device.mixedPrecision(precision)) {
                Tensor logits = model.forward(batch.images());
                window.add(Losses.crossEntropy(logits, batch.labels(), 0), logits);
            }
        }
    }

    /** The batches' means, weighted by their sizes: the last one may be smaller. */
    private double meanLoss(float[] losses) {
        double sum = 0;
        for (int i = 0; i < losses.length; i++) {
            sum += (double) losses[i] * Math.min(batchSize, images.size() - i * batchSize);
        }
        return sum / images.size();
    }

    @Override
    public void close() {
        window.close();
    }
}
