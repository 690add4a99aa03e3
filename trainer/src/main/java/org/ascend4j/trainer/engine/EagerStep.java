package org.ascend4j.trainer.engine;

import org.ascend4j.trainer.input.EpochPlan;
import org.ascend4j.trainer.profile.StepProfiler;
import org.ascend4j.trainer.recipe.Recipe;
import org.bytedeco.javacpp.PointerScope;

/** A step whose operators are launched one by one. */
final class EagerStep implements TrainingStep {
    private final Recipe recipe;
    private final TrainingData data;
    private final Learner learner;
    private final TrainState state;
    private final Replicas replicas;
    private final StepResults results;
    private final StepProfiler profiler;

    EagerStep(
            Recipe recipe,
            TrainingData data,
            Learner learner,
            TrainState state,
            Replicas replicas,
            StepResults results,
            StepProfiler profiler) {
        this.recipe = recipe;
        this.data = data;
        this.learner = learner;
        this.state = state;
        this.replicas = replicas;
        this.results = results;
        this.profiler = profiler;
    }

    @Override
    public void begin(EpochPlan plan) {
        // TrainingData has started the input pipeline.
    }

    @Override
    public void run(Span span) {
        LossShares shares = data.shares();
        learn(
                span,
                true,
                data.pipeline()::batch,
                (first, size) -> Learner.Share.of(shares.ofStep(first, size, span.start(), span.images())),
                (first, loss, logits) -> results.add(loss, logits));
        try (StepProfiler.Phase phase = profiler.phase("update");
                PointerScope scope = new PointerScope()) {
            replicas.sumGradients();
            state.update(recipe.clipNorm(), span.number(), span.observer());
        }
    }

    /** Returns the buffers on the device for the results of steps. */
    ResultWindow window() {
        return results.window();
    }

    /**
     * Adds up the gradients of a step's batches.
     *
     * @param sums whether the sums over the ranks start during the last backward pass
     */
    void learn(Span span, boolean sums, Learner.Batches batches, Learner.Shares shares, Learner.Results batchResults) {
        for (int done = 0; done < span.images(); done += recipe.batchSize()) {
            int size = Math.min(recipe.batchSize(), span.images() - done);
            boolean last = sums && done + size == span.images();
            int first = span.start() + done;
            learner.learn(batches, first, size, shares.of(first, size), last, batchResults);
        }
    }

    @Override
    public void close() {
        // All parts belong to others.
    }
}
