package org.ascend4j.trainer.engine;

import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.function.IntToDoubleFunction;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.MixedPrecision;
import org.ascend4j.device.Precision;
import org.ascend4j.distributed.RankGroup;
import org.ascend4j.nn.loss.CrossEntropyLoss;
import org.ascend4j.runtime.TorchRuntime;
import org.ascend4j.trainer.data.ImageSet;
import org.ascend4j.trainer.input.Batch;
import org.ascend4j.trainer.input.InputPipeline;
import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.progress.Evaluation;
import org.ascend4j.trainer.recipe.EvaluationSettings;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * Measures a model on images that it was not trained on.
 *
 * @since 0.1.0
 */
public final class EvaluationLoop implements AutoCloseable {
    private final DeviceBackend device;
    private final Precision precision;
    private final EvaluationSettings settings;
    private final ImageSet images;
    private final InputPipeline input;
    private final int batchSize;
    private final int[] labels;
    private final RankGroup ranks;
    private final int first;
    private final int last;
    private final ResultWindow window;
    private final ConfidenceWindow confidences;

    /**
     * Prepares evaluations in which each rank takes its part of the images.
     *
     * @param batchSize images per forward pass
     * @param precision precision of the forward pass
     * @param settings test-time augmentation
     */
    public EvaluationLoop(
            DeviceBackend device,
            TestData data,
            int batchSize,
            Precision precision,
            EvaluationSettings settings,
            RankGroup ranks) {
        this.settings = settings;
        this.ranks = ranks;
        this.device = device;
        this.precision = precision;
        this.images = data.images();
        this.input = data.pipeline();
        this.batchSize = batchSize;
        labels = new int[images.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = images.label(i);
        }
        first = boundary(ranks.rank().number());
        last = boundary(ranks.rank().number() + 1);
        window = new ResultWindow(device.device(), batches(), last - first);
        confidences = new ConfidenceWindow(device.device(), last - first);
    }

    private int boundary(int rank) {
        return (int) ((long) images.size() * rank / ranks.size());
    }

    /** Evaluates the model of replicas that train, with all of them if they are several. */
    Evaluation evaluateIn(Replicas replicas, BooleanSupplier stop) {
        return replicas.size() > 1 ? evaluate(replicas, stop) : evaluate(replicas.model(0), stop);
    }

    /** Evaluates all images in evaluation mode. Returns null if {@code stop} returns true on any rank before the end. */
    public Evaluation evaluate(ImageClassifier model, BooleanSupplier stop) {
        int count = device.isHost() ? Math.max(1, Math.min(TorchRuntime.threads(), batches())) : 1;
        try (Replicas replicas = new Replicas(model, count, device)) {
            return evaluate(replicas, stop);
        }
    }

    /**
     * Evaluates as {@link #evaluate(ImageClassifier, BooleanSupplier)} does, with replicas of the model, each of which
     * takes one batch at a time.
     */
    public Evaluation evaluate(Replicas replicas, BooleanSupplier stop) {
        long start = System.nanoTime();
        replicas.train(false);
        Tensor[] losses = new Tensor[replicas.size()];
        Tensor[] logits = new Tensor[replicas.size()];
        int done = first;
        while (done < last && !stop.getAsBoolean()) {
            int from = done;
            int turns = Math.min(replicas.size(), (last - from + batchSize - 1) / batchSize);
            replicas.run(index -> {
                if (index < turns) {
                    int begin = from + index * batchSize;
                    step(replicas.model(index), begin, Math.min(batchSize, last - begin), index, losses, logits);
                }
            });
            for (int i = 0; i < turns; i++) {
                window.add(losses[i], logits[i]);
                confidences.add(logits[i]);
                losses[i].close();
                logits[i].close();
            }
            done = Math.min(last, from + turns * batchSize);
        }
        ResultWindow.Results results = window.read();
        ConfidenceWindow.Results confident = confidences.read(labels, first);
        double[] sums = ranks.sum(lossSum(results.losses()), confident.topFiveHits(), done < last ? 1 : 0);
        if (sums[2] > 0) {
            return null;
        }
        double loss = sums[0] / images.size();
        double[] predictions = gather(i -> results.predictions()[i]);
        double[] certainties = gather(i -> confident.confidences()[i]);
        float[] narrowed = new float[images.size()];
        for (int i = 0; i < narrowed.length; i++) {
            narrowed[i] = (float) certainties[i];
        }
        return new Evaluation(
                loss,
                Arrays.stream(predictions)
                        .mapToInt(prediction -> (int) prediction)
                        .toArray(),
                labels,
                narrowed,
                (int) sums[1],
                (System.nanoTime() - start) / 1e9);
    }

    /** Returns the values of all ranks, each at the index of its image or batch. */
    private double[] gather(IntToDoubleFunction own) {
        double[] all = new double[images.size()];
        for (int i = first; i < last; i++) {
            all[i] = own.applyAsDouble(i - first);
        }
        return ranks.size() == 1 ? all : ranks.sum(all);
    }

    private int batches() {
        return (last - first + batchSize - 1) / batchSize;
    }

    private void step(ImageClassifier model, int from, int count, int index, Tensor[] losses, Tensor[] logits) {
        try (NoGradGuard noGrad = new NoGradGuard()) {
            Batch batch = input.batch(from, count);
            try (MixedPrecision region = device.mixedPrecision(precision)) {
                Tensor output = Inference.logits(model, batch.images(), settings);
                losses[index] =
                        new CrossEntropyLoss().forward(output, batch.labels()).retainReference();
                logits[index] = output.retainReference();
            }
        }
    }

    /** Multiplies the mean of each batch by its size, because the last batch may be smaller. */
    private double lossSum(float[] losses) {
        double sum = 0;
        for (int i = 0; i < losses.length; i++) {
            sum += (double) losses[i] * Math.min(batchSize, last - first - i * batchSize);
        }
        return sum;
    }

    @Override
    public void close() {
        window.close();
        confidences.close();
    }
}
