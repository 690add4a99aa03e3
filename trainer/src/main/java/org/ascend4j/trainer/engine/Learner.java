package org.ascend4j.trainer.engine;

import java.util.Arrays;
import java.util.Objects;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.MixedPrecision;
import org.ascend4j.device.Precision;
import org.ascend4j.trainer.input.Batch;
import org.ascend4j.trainer.input.Factor;
import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.profile.StepProfiler;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** The forward and backward pass of a batch, split between the replicas. */
final class Learner {
    /** The results of a replica for its part of a batch, which is the share {@code weight} of the whole. The tensors outlive the replica's scope. */
    private record Part(Tensor loss, Tensor logits, double weight) implements AutoCloseable {
        static Part of(Tensor loss, Tensor logits, double weight) {
            return new Part(loss.detach().retainReference(), logits.detach().retainReference(), weight);
        }

        @Override
        public void close() {
            loss.close();
            logits.close();
        }
    }

    /**
     * The share of a batch in its step's loss.
     *
     * @param ofStep what the batch's mean loss is multiplied with before the backward pass
     * @param report what it is multiplied with before it is reported
     */
    record Share(Factor ofStep, Factor report) {
        static Share of(LossShares.Share share) {
            return new Share(new Factor.OnHost(share.ofStep()), new Factor.OnHost(share.report()));
        }
    }

    /** Makes the batch of {@code size} images from position {@code first} of the epoch on. */
    interface Batches {
        Batch batch(int first, int size);
    }

    /** Returns the share of the batch of {@code size} images from position {@code first} of the epoch on. */
    interface Shares {
        Share of(int first, int size);
    }

    /** Receives the mean loss and the logits of the batch from position {@code first} of the epoch on. */
    interface Results {
        void add(int first, Tensor loss, Tensor logits);
    }

    private final DeviceBackend device;
    private final Precision precision;
    private final TrainingData data;
    private final TrainState state;
    private final Replicas replicas;
    private final StepProfiler profiler;

    Learner(
            DeviceBackend device,
            Precision precision,
            TrainingData data,
            TrainState state,
            Replicas replicas,
            StepProfiler profiler) {
        this.profiler = profiler;
        this.device = device;
        this.precision = precision;
        this.data = data;
        this.state = state;
        this.replicas = replicas;
    }

    /**
     * Adds the gradients of a batch to the existing ones.
     *
     * @param batches makes the batch, or each replica's part of it
     * @param first the position of the batch's first image in the epoch
     * @param size number of images in the batch
     * @param share its share in the step's loss
     * @param last whether no other batch follows in this step, so that the sums over the ranks can start during the backward pass
     * @param results receives the batch's mean loss and its logits
     */
    void learn(Batches batches, int first, int size, Share share, boolean last, Results results) {
        Part[] parts = new Part[replicas.size()];
        // With several replicas the rank's gradients are complete only after those of all replicas were added.
        boolean complete = last && replicas.size() == 1;
        try {
            replicas.run(index -> {
                int from = start(index, size);
                int to = start(index + 1, size);
                if (from < to) {
                    double part = data.shares().ofBatch(first + from, to - from, first, size);
                    parts[index] = learn(
                            batches, replicas.model(index), first + from, to - from, part, share.ofStep(), complete);
                }
            });
            collect(parts, first, share.report(), results);
        } finally {
            Arrays.stream(parts).filter(Objects::nonNull).forEach(Part::close);
        }
    }

    /**
     * Returns where a replica's part of a batch begins. It is rounded up, so that the first replica always has images:
     * the gradients of the others are added to its gradients. A part has two images or more, which batch norm needs; the
     * first replica gets all images of a smaller batch.
     */
    private int start(int replica, int size) {
        if (size < 2 * replicas.size()) {
            return replica == 0 ? 0 : size;
        }
        return (size * replica + replicas.size() - 1) / replicas.size();
    }

    private Part learn(
            Batches batches, ImageClassifier model, int first, int count, double part, Factor ofStep, boolean last) {
        Batch batch;
        try (StepProfiler.Phase phase = profiler.phase("input")) {
            batch = batches.batch(first, count);
        }
        ImageClassifier.TrainingOutput output;
        Tensor loss;
        try (StepProfiler.Phase phase = profiler.phase("forward");
                MixedPrecision region = device.mixedPrecision(precision)) {
            output = model.forwardTraining(batch.images());
            loss = data.loss().of(model, output, batch);
        }
        try (StepProfiler.Phase phase = profiler.phase("backward")) {
            state.backward(loss, ofStep.by(part), last);
        }
        return Part.of(loss, output.logits(), part);
    }

    private static void collect(Part[] parts, int first, Factor report, Results results) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            Part[] done = Arrays.stream(parts).filter(Objects::nonNull).toArray(Part[]::new);
            Tensor loss = report.by(done[0].weight).times(done[0].loss);
            for (Part part : Arrays.asList(done).subList(1, done.length)) {
                loss = report.by(part.weight).addTo(loss, part.loss);
            }
            Tensor[] logits = Arrays.stream(done).map(Part::logits).toArray(Tensor[]::new);
            results.add(first, loss, logits.length == 1 ? logits[0] : torch.cat(new TensorVector(logits), 0));
        }
    }
}
