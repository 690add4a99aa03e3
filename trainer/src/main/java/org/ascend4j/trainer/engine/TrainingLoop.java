package org.ascend4j.trainer.engine;

import java.util.ArrayList;
import java.util.List;
import org.ascend4j.Ascend4jException;
import org.ascend4j.device.Capture;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.Precision;
import org.ascend4j.distributed.PeerLostException;
import org.ascend4j.distributed.RankGroup;
import org.ascend4j.runtime.StopRequest;
import org.ascend4j.trainer.checkpoint.Position;
import org.ascend4j.trainer.checkpoint.RunDescription;
import org.ascend4j.trainer.profile.StepProfiler;
import org.ascend4j.trainer.progress.DivergedException;
import org.ascend4j.trainer.progress.EpochMetrics;
import org.ascend4j.trainer.progress.Evaluated;
import org.ascend4j.trainer.progress.Evaluation;
import org.ascend4j.trainer.progress.RunEnd;
import org.ascend4j.trainer.progress.RunOutline;
import org.ascend4j.trainer.progress.RunResult;
import org.ascend4j.trainer.progress.StepMetrics;
import org.ascend4j.trainer.progress.TensorObserver;
import org.ascend4j.trainer.recipe.Recipe;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The training loop: epochs of steps, with an evaluation and a checkpoint after each epoch.
 *
 * @since 0.1.0
 */
public final class TrainingLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingLoop.class);

    /** Number of steps between two readings of results from a device that the host has to wait for; fewer if the steps are slow. */
    private static final int DEVICE_WINDOW = 50;

    /** Number of an epoch's images passed to a tensor observer. */
    private static final int SHOWN_IMAGES = 32;

    /**
     * Limits of the loop: an early end, and checkpoints besides those after each epoch.
     *
     * @param maxSteps the step after which the run ends before its last epoch is done; 0 for no limit
     * @param checkpointEvery steps between checkpoints; 0 for none
     * @param patience epochs in a row without a better accuracy after which the run ends; 0 for none
     * @since 0.1.0
     */
    public record Bounds(long maxSteps, int checkpointEvery, int patience) {}

    private final RunDescription run;
    private final Bounds bounds;
    private final Recipe recipe;
    private final DeviceBackend device;
    private final TrainingStep trainingStep;
    private final StepProfiler profiler;
    private final TrainingData data;
    private final int images;
    private final TrainState state;
    private final Replicas replicas;
    private final Position position;
    private final RunFiles files;
    private final EvaluationLoop evaluator;
    private final FinalTest finalTest;
    private final Listeners listeners;
    private final StopRequest stop;
    private final RankGroup ranks;
    private final StepResults results;
    private RankShare share;
    private boolean evaluationStopped;
    private long stepsHere;

    /**
     * Prepares the loop; the caller keeps all that it is given.
     *
     * @param evaluated the images to evaluate after epochs; null for none
     * @param finalTest what happens with the test images in the end, where the others are for validation; null for nothing
     */
    public TrainingLoop(
            RunDescription run,
            Bounds bounds,
            Capture capture,
            DeviceBackend device,
            TrainingData data,
            TestData evaluated,
            FinalTest finalTest,
            TrainState state,
            Replicas replicas,
            RunFiles files,
            Listeners listeners,
            StopRequest stop,
            RankGroup ranks,
            StepProfiler profiler) {
        this.run = run;
        this.bounds = bounds;
        this.recipe = run.recipe();
        Precision precision = Precision.parse(recipe.precision());
        this.device = device;
        this.data = data;
        this.images = data.images().size();
        this.state = state;
        this.replicas = replicas;
        state.optimizer().workWith(replicas.team());
        this.position = files.position();
        this.files = files;
        GraphAttempts attempts = new GraphAttempts(profiler.isActive() ? Capture.OFF : capture, device);
        this.evaluator = evaluated == null
                ? null
                : new EvaluationLoop(
                        device, evaluated, recipe.evalBatchSize(), precision, recipe.evaluation(), ranks, attempts);
        this.finalTest = finalTest;
        this.profiler = profiler;
        this.listeners = listeners;
        this.stop = stop;
        this.ranks = ranks;
        // Results on the host cost nothing to read, so every step is reported at once.
        int steps = device.isHost() ? 1 : DEVICE_WINDOW;
        int perRank = (run.globalBatch() + ranks.size() - 1) / ranks.size();
        this.results = new StepResults(device.device(), steps, recipe.batchSize(), perRank, ranks, System::nanoTime);
        Learner learner = new Learner(device, precision, data, state, replicas, profiler);
        EagerStep eager = new EagerStep(recipe, data, learner, state, replicas, results, profiler);
        this.trainingStep = Recording.of(run, capture, attempts, device, data, state, eager, ranks, profiler);
    }

    /** Trains until the last epoch, the step limit, the end of patience or a request to stop. */
    public RunResult run() {
        try {
            return train();
        } catch (PeerLostException e) {
            throw new Ascend4jException(
                    e.getMessage() + " at step " + (position.step() + 1) + ". " + files.lastGood(), e);
        }
    }

    /** Returns whether to stop. Several ranks stop at the same step, after the reading in which they agreed on the request. */
    private boolean stopping() {
        return ranks.size() == 1 ? stop.requested() : results.stopAgreed() || evaluationStopped;
    }

    private RunResult train() {
        listeners.started(outline());
        if (nothingLeft() != null && ranks.rank().isFirst()) {
            LOG.warn("Nothing is left to do: {} to more.", nothingLeft());
        }
        while (nothingLeft() == null) {
            if (position.images() < images) {
                trainEpoch();
            }
            Evaluation evaluation = evaluate();
            boolean complete = position.images() == images;
            if (stopping() || !complete) {
                // The saved position does not contain the evaluation yet, so that a resumed run evaluates as an
                // uninterrupted one does.
                saveLast();
            }
            if (stopping()) {
                return finish(RunEnd.INTERRUPTED);
            }
            finishEpoch(evaluation, complete);
        }
        return finish(isOutOfPatience() ? RunEnd.OUT_OF_PATIENCE : RunEnd.DONE);
    }

    /** Returns which bound ends the run at this position, and the option that moves it; null if the run goes on. */
    private String nothingLeft() {
        if (isOutOfPatience()) {
            return bounds.patience() + " epochs in a row have brought no better accuracy; set --patience";
        }
        if (position.epoch() > recipe.epochs()) {
            return "all epochs (" + recipe.epochs() + ") are done; set --epochs";
        }
        return limitReached() ? position.step() + " steps are done; set --max-steps" : null;
    }

    private RunOutline outline() {
        int stepsPerEpoch = run.stepsPerEpoch();
        long all = position.step() + (long) stepsPerEpoch * recipe.epochs() - scheduled();
        long last = bounds.maxSteps() == 0 ? all : Math.min(all, bounds.maxSteps());
        return new RunOutline(
                state.model().typeName(),
                replicas.size(),
                recipe.epochs(),
                stepsPerEpoch,
                last,
                run.globalBatch(),
                position.step() + 1,
                scheduled(),
                evaluated());
    }

    private Evaluated evaluated() {
        return run.validation() == null ? Evaluated.TEST : Evaluated.VALIDATION;
    }

    /** The accuracy is the same on all ranks, so all end after the same epoch. */
    private boolean isOutOfPatience() {
        return bounds.patience() > 0
                && position.bestEpoch() > 0
                && position.epoch() - 1 - position.bestEpoch() >= bounds.patience();
    }

    /** Returns how many steps of this run's size lead to the position. The steps before a resume may have had another size. */
    private long scheduled() {
        int left = run.steps(images - position.images());
        return (long) position.epoch() * run.stepsPerEpoch() - left;
    }

    private void trainEpoch() {
        share = data.start(position.epoch(), position.images(), ranks.rank());
        TensorObserver observer = listeners.tensorObserver();
        if (observer != null && position.images() == 0) {
            int first = share.start(position.images());
            observer.images(
                    position.step(),
                    data.augmented(first, Math.min(SHOWN_IMAGES, share.part().size() - first)));
        }
        replicas.train(true);
        trainingStep.begin(share.part());
        while (position.images() < images && !limitReached() && !stopping()) {
            timed(() -> step(Math.min(run.globalBatch(), images - position.images())));
            if (results.isFull()) {
                timed(this::report);
            }
            if (bounds.checkpointEvery() > 0 && position.step() % bounds.checkpointEvery() == 0) {
                timed(this::report);
                saveLast();
            }
        }
        timed(this::report);
    }

    /**
     * Runs a part of the training and adds its time to the training time. Reporting counts too, because it waits until
     * the device has finished its steps.
     */
    private void timed(Runnable part) {
        long start = System.nanoTime();
        part.run();
        position.trained((System.nanoTime() - start) / 1e9);
    }

    /** Updates the weights once, with {@code count} images over all ranks. */
    private void step(int count) {
        profiler.stepBegins(++stepsHere);
        results.begin();
        state.schedule(scheduled());
        int start = share.start(position.images());
        int own = share.perRank(count);
        boolean lastOfEpoch = position.images() + count == images;
        TensorObserver observer = lastOfEpoch ? listeners.tensorObserver() : null;
        trainingStep.run(new TrainingStep.Span(position.step() + 1, start, own, scheduled(), observer));
        results.add(new StepResults.Step(
                position.step() + 1, state.group().learningRate(), state.group().momentum(), start, own));
        position.stepDone(count);
        profiler.stepEnded(stepsHere);
    }

    /** Reads the results from the device and passes them to the listeners. */
    private void report() {
        if (results.isEmpty()) {
            return;
        }
        List<StepMetrics> metrics = new ArrayList<>();
        for (StepResults.Result result : results.read(share, stop.requested())) {
            StepResults.Step step = result.step();
            if (!Double.isFinite(result.loss())) {
                if (!metrics.isEmpty()) {
                    listeners.stepsDone(metrics);
                }
                throw diverged("a finite loss", String.valueOf(result.loss()), step.number(), step.learningRate());
            }
            position.measured(result.loss(), result.hits());
            metrics.add(new StepMetrics(
                    step.number(), position.epoch(), result.loss(), step.learningRate(), step.momentum()));
        }
        listeners.stepsDone(metrics);
    }

    /**
     * Saves {@code last.ckpt}; throws if a weight is not finite. The last update can spoil the weights without an
     * effect on any loss so far; such weights must not replace good ones.
     */
    private void saveLast() {
        if (!state.isFinite()) {
            throw diverged(
                    "finite weights", "others", position.step(), state.group().learningRate());
        }
        state.requireEqualWeights();
        files.saveLast();
    }

    private DivergedException diverged(String what, String found, long step, double learningRate) {
        return new DivergedException("training expects " + what + ", found " + found + " at step " + step
                + " with learning rate " + learningRate
                + "; lower --max-lr (or --lr), or set clip_norm (--set clip_norm=1). " + files.lastGood());
    }

    private Evaluation evaluate() {
        if (evaluator == null || stopping()) {
            return null;
        }
        state.takeStatisticsFromFirst();
        try (AveragedWeights averaged = state.averagedWeights()) {
            if (position.epoch() == recipe.epochs() && position.images() == images) {
                recalibrate();
            }
            Evaluation evaluation = evaluator.evaluateIn(replicas, stop::requested);
            evaluationStopped = evaluation == null;
            return evaluation;
        }
    }

    /** Measures the running statistics of the weights that are evaluated, on batches of the last epoch. */
    private void recalibrate() {
        int batches = recipe.evaluation().recalibrateBn();
        if (batches > 0) {
            int own = data.start(position.epoch(), 0, ranks.rank()).part().size();
            new Recalibration(device, Precision.parse(recipe.precision()))
                    .run(replicas.model(0), data.pipeline(), own, recipe.batchSize(), batches);
            state.takeStatisticsFromFirst();
        }
    }

    private void finishEpoch(Evaluation evaluation, boolean complete) {
        boolean best = evaluation != null && position.evaluated(evaluation.accuracy(), evaluation.seconds());
        if (evaluation != null) {
            listeners.evaluated(position.epoch(), evaluation);
        }
        Evaluation validation = evaluated() == Evaluated.VALIDATION ? evaluation : null;
        Evaluation test = evaluated() == Evaluated.TEST ? evaluation : null;
        listeners.epochDone(new EpochMetrics(
                position.epoch(),
                position.epochLoss(),
                position.epochAccuracy(),
                validation == null ? null : validation.loss(),
                validation == null ? null : validation.accuracy(),
                test == null ? null : test.loss(),
                test == null ? null : test.accuracy(),
                position.epochSeconds(),
                position.images() / position.epochSeconds(),
                memory()));
        if (complete) {
            state.epochDone(evaluation == null ? position.epochLoss() : evaluation.loss());
            position.nextEpoch();
            saveLast();
        }
        if (best) {
            files.saveBest();
        }
    }

    /** Returns the bytes used on the host or the peak on another device; null if the device does not report them. */
    private Long memory() {
        return device.memory()
                .map(memory -> device.isHost() ? memory.used() : memory.peak())
                .orElse(null);
    }

    private boolean limitReached() {
        return bounds.maxSteps() > 0 && position.step() >= bounds.maxSteps();
    }

    private RunResult finish(RunEnd end) {
        files.saveModel();
        FinalTest.Outcome tested =
                finalTest == null || end == RunEnd.INTERRUPTED ? null : finalTest.run(stop::requested);
        if (tested != null) {
            listeners.tested(tested.epoch(), tested.evaluation());
        }
        boolean cut = finalTest != null && tested == null;
        RunResult result = new RunResult(
                position.step(),
                position.epoch() - 1,
                position.bestAccuracy(),
                position.bestEpoch(),
                position.seconds(),
                cut ? RunEnd.INTERRUPTED : end,
                evaluated(),
                tested == null ? null : tested.evaluation().accuracy());
        listeners.finished(result);
        return result;
    }

    @Override
    public void close() {
        trainingStep.close();
        results.close();
        if (evaluator != null) {
            evaluator.close();
        }
    }
}
