package org.ascend4j.trainer.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ascend4j.Ascend4jException;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.MixedPrecision;
import org.ascend4j.device.Precision;
import org.ascend4j.runtime.StopRequest;
import org.ascend4j.trainer.checkpoint.Position;
import org.ascend4j.trainer.input.Batch;
import org.ascend4j.trainer.input.EpochPlan;
import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.recipe.Recipe;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** The training loop: epochs of steps, an evaluation and a checkpoint after each. */
final class Trainer implements AutoCloseable {
    /** Steps between two readings of results from a device that the host would have to wait for. */
    private static final int DEVICE_WINDOW = 50;

    /** A step whose loss is still on the device. */
    private record Pending(long step, double learningRate, double momentum, int firstImage, int images) {}

    private final RunSettings settings;
    private final DeviceBackend device;
    private final Recipe recipe;
    private final Precision precision;
    private final TrainingData data;
    private final int images;
    private final TrainState state;
    private final Position position;
    private final RunFiles files;
    private final Evaluator evaluator;
    private final TrainingListener listeners;
    private final StopRequest stop;
    private final ResultWindow window;
    private final List<Pending> pending = new ArrayList<>();
    private EpochPlan plan;

    Trainer(
            RunSettings settings,
            DeviceBackend device,
            TrainingData data,
            TestData test,
            TrainState state,
            RunFiles files,
            TrainingListener listeners,
            StopRequest stop) {
        this.settings = settings;
        this.device = device;
        this.recipe = settings.recipe();
        this.precision = Precision.valueOf(recipe.precision().toUpperCase(Locale.ROOT));
        this.data = data;
        this.images = data.images().size();
        this.state = state;
        this.position = files.position();
        this.files = files;
        this.evaluator = test == null ? null : new Evaluator(device, test, recipe.evalBatchSize(), precision);
        this.listeners = listeners;
        this.stop = stop;
        // Results on the host cost nothing to read, so each step's are reported at once.
        int steps = device.isHost() ? 1 : DEVICE_WINDOW;
        this.window = new ResultWindow(device.device(), steps, steps * recipe.batchSize());
    }

    /** Trains until the last epoch, the step limit or a request to stop. */
    RunResult run() {
        listeners.started(outline());
        while (position.epoch() <= recipe.epochs() && !limitReached()) {
            if (position.images() < images) {
                trainEpoch();
            }
            Evaluation test = evaluate();
            boolean complete = position.images() == images;
            if (stop.requested() || !complete) {
                // The position does not hold the evaluation yet, so a resumed run evaluates as if it had never stopped.
                saveLast();
            }
            if (stop.requested()) {
                return finish(true);
            }
            finishEpoch(test, complete);
        }
        return finish(false);
    }

    private RunOutline outline() {
        int stepsPerEpoch = settings.stepsPerEpoch(images);
        long all = (long) stepsPerEpoch * recipe.epochs();
        long last = settings.maxSteps() == 0 ? all : Math.min(all, settings.maxSteps());
        return new RunOutline(
                "GoogLeNet", recipe.epochs(), stepsPerEpoch, last, recipe.batchSize(), position.step() + 1);
    }

    private void trainEpoch() {
        plan = data.start(position.epoch());
        state.model().train(true);
        while (position.images() < images && !limitReached() && !stop.requested()) {
            long start = System.nanoTime();
            int batch = Math.min(recipe.batchSize(), images - position.images());
            step(batch);
            if (!window.hasRoomFor(recipe.batchSize())) {
                report();
            }
            position.trained((System.nanoTime() - start) / 1e9);
            if (settings.checkpointEvery() > 0 && position.step() % settings.checkpointEvery() == 0) {
                report();
                saveLast();
            }
        }
        report();
    }

    private void step(int batch) {
        state.schedule(position.step());
        try (PointerScope scope = new PointerScope()) {
            Batch input = data.pipeline().batch(position.images(), batch);
            ImageClassifier.TrainingOutput output;
            Tensor loss;
            try (MixedPrecision region = device.mixedPrecision(precision)) {
                output = state.model().forwardTraining(input.images());
                loss = Losses.training(state.model(), output, input.labels(), recipe.labelSmoothing());
            }
            state.learn(loss, recipe.clipNorm());
            window.add(loss, output.logits());
        }
        pending.add(new Pending(
                position.step() + 1, state.group().learningRate(), state.group().momentum(), position.images(), batch));
        position.stepDone(batch);
    }

    /** Reads what has gathered on the device and hands it to the listeners. */
    private void report() {
        if (pending.isEmpty()) {
            return;
        }
        ResultWindow.Results results = window.read();
        List<StepMetrics> metrics = new ArrayList<>();
        int image = 0;
        for (int i = 0; i < pending.size(); i++) {
            Pending step = pending.get(i);
            float loss = results.losses()[i];
            if (!Float.isFinite(loss)) {
                if (!metrics.isEmpty()) {
                    listeners.stepsDone(metrics);
                }
                throw diverged("a finite loss", String.valueOf(loss), step.step(), step.learningRate());
            }
            int hits = 0;
            for (int k = 0; k < step.images(); k++) {
                int label = data.images().label(plan.image(step.firstImage() + k));
                hits += results.predictions()[image++] == label ? 1 : 0;
            }
            position.measured(loss, hits);
            metrics.add(new StepMetrics(step.step(), position.epoch(), loss, step.learningRate(), step.momentum()));
        }
        pending.clear();
        listeners.stepsDone(metrics);
    }

    /** A last update can spoil the weights without a loss that tells: such weights never replace good ones. */
    private void saveLast() {
        if (!state.isFinite()) {
            throw diverged(
                    "finite weights", "others", position.step(), state.group().learningRate());
        }
        files.saveLast();
    }

    private Ascend4jException diverged(String what, String found, long step, double learningRate) {
        return new Ascend4jException("training expects " + what + ", found " + found + " at step " + step
                + " with learning rate " + learningRate
                + "; lower --max-lr (or --lr), or set clip_norm (--set clip_norm=1). " + files.lastGood());
    }

    private Evaluation evaluate() {
        return evaluator == null || stop.requested() ? null : evaluator.evaluate(state.model(), stop::requested);
    }

    private void finishEpoch(Evaluation test, boolean complete) {
        boolean best = test != null && position.evaluated(test.accuracy(), test.seconds());
        listeners.epochDone(new EpochMetrics(
                position.epoch(),
                position.epochLoss(),
                position.epochAccuracy(),
                test == null ? null : test.loss(),
                test == null ? null : test.accuracy(),
                position.epochSeconds(),
                position.images() / position.epochSeconds()));
        if (complete) {
            position.nextEpoch();
            saveLast();
        }
        if (best) {
            files.saveBest();
        }
    }

    private boolean limitReached() {
        return settings.maxSteps() > 0 && position.step() >= settings.maxSteps();
    }

    private RunResult finish(boolean interrupted) {
        files.saveModel();
        RunResult result = new RunResult(
                position.step(),
                position.epoch() - 1,
                position.bestAccuracy(),
                position.bestEpoch(),
                position.seconds(),
                interrupted);
        listeners.finished(result);
        return result;
    }

    @Override
    public void close() {
        window.close();
        if (evaluator != null) {
            evaluator.close();
        }
    }
}
