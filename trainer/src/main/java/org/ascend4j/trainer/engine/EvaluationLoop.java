package org.ascend4j.trainer.engine;

import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.function.IntToDoubleFunction;
import org.ascend4j.device.Capture;
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
    private final RecordedEvaluation recorded;

    /** A batch's mean loss and its logits. */
    private record Outcome(Tensor loss, Tensor logits) {}

    /** Prepares evaluations without graphs. */
    public EvaluationLoop(
            DeviceBackend device,
            TestData data,
            int batchSize,
            Precision precision,
            EvaluationSettings settings,
            RankGroup ranks) {
        this(device, data, batchSize, precision, settings, ranks, new GraphAttempts(Capture.OFF, device));
    }

    /**
     * Prepares evaluations in which each rank takes its part of the images.
     *
     * @param batchSize images per forward pass
     * @param precision precision of the forward pass
     * @param settings test-time augmentation
     * @param attempts records the full batches of a single replica
     */
    EvaluationLoop(
            DeviceBackend device,
            TestData data,
            int batchSize,
            Precision precision,
            EvaluationSettings settings,
            RankGroup ranks,
            GraphAttempts attempts) {
        recorded = new RecordedEvaluation(attempts, device, data, batchSize);
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
        int done = first;
        while (done < last && !stop.getAsBoolean()) {
            done += isReplayed(replicas, done) ? batchSize : compute(replicas, done);
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

    /** Evaluates a batch in each replica and returns the number of images. */
    private int compute(Replicas replicas, int from) {
        int turns = Math.min(replicas.size(), (last - from + batchSize - 1) / batchSize);
        Outcome[] outcomes = new Outcome[turns];
        replicas.run(index -> {
            if (index < turns) {
                int begin = from + index * batchSize;
                try (NoGradGuard noGrad = new NoGradGuard()) {
                    Outcome outcome =
                            compute(replicas.model(index), input.batch(begin, Math.min(batchSize, last - begin)));
                    outcome.loss.retainReference();
                    outcome.logits.retainReference();
                    outcomes[index] = outcome;
                }
            }
        });
        for (Outcome outcome : outcomes) {
            window.add(outcome.loss, outcome.logits);
            confidences.add(outcome.logits);
            outcome.loss.close();
            outcome.logits.close();
        }
        return Math.min(last - from, turns * batchSize);
    }

    private Outcome compute(ImageClassifier model, Batch batch) {
        try (MixedPrecision region = device.mixedPrecision(precision)) {
            Tensor logits = Inference.logits(model, batch.images(), settings);
            return new Outcome(new CrossEntropyLoss().forward(logits, batch.labels()), logits);
        }
    }

    /** Evaluates a full batch by a graph; returns false if that is not possible. */
    private boolean isReplayed(Replicas replicas, int from) {
        if (replicas.size() > 1 || last - from < batchSize) {
            return false;
        }
        ImageClassifier model = replicas.model(0);
        boolean done = recorded.evaluate(model, from, window.steps(), (batch, lossPlace, imagePlaces) -> {
            Outcome outcome = compute(model, batch);
            window.add(outcome.loss, outcome.logits, lossPlace, imagePlaces);
            confidences.add(outcome.logits, imagePlaces);
        });
        if (done) {
            window.added(1, batchSize);
            confidences.added(batchSize);
        }
        return done;
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
        recorded.close();
        window.close();
        confidences.close();
    }
}
