package org.ascend4j.cli.certify;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ascend4j.device.Capture;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.trainer.data.DataSettings;
import org.ascend4j.trainer.data.DataSources;
import org.ascend4j.trainer.data.DataSplits;
import org.ascend4j.trainer.data.ProgressSink;
import org.ascend4j.trainer.progress.RunResult;
import org.ascend4j.trainer.progress.StepMetrics;
import org.ascend4j.trainer.progress.TrainingListener;
import org.ascend4j.trainer.recipe.Recipe;
import org.ascend4j.trainer.recipe.Recipes;
import org.ascend4j.trainer.train.RunSettings;
import org.ascend4j.trainer.train.Training;

/** Runs the trainer itself on generated shapes, as {@code ascend4j train --data shapes} does, and records the losses. */
final class ShapesRun {
    private static final String CONSTANT_RATE = "0.01";

    private final int batch;
    private final DataSplits data;

    /**
     * The outcome of a run.
     *
     * @param losses the loss of each step
     * @param seconds the time of all steps
     */
    record Result(List<Double> losses, double seconds) {}

    /**
     * Prepares runs.
     *
     * @param batch images per step
     * @param batches number of different batches
     */
    ShapesRun(int batch, int batches) {
        this.batch = batch;
        data = DataSources.parse("shapes:" + batch * batches + ",10", DataSettings.defaults())
                .load(ProgressSink.NONE);
    }

    /**
     * Trains and returns each step's loss.
     *
     * @param steps the last step
     * @param output the run's folder
     * @param resume the checkpoint to resume from; null for a fresh start
     */
    List<Double> losses(DeviceBackend device, int steps, Path output, Path resume) {
        return run(device, steps, output, resume, Capture.AUTO).losses();
    }

    /** Trains from a fresh start, with or without recorded steps. */
    Result steps(DeviceBackend device, int steps, Path output, Capture capture) {
        return run(device, steps, output, null, capture);
    }

    private Result run(DeviceBackend device, int steps, Path output, Path resume, Capture capture) {
        List<Double> losses = new ArrayList<>();
        RunSettings settings = RunSettings.of(recipe(), device, output)
                .withAugment(false)
                .withShuffle(false)
                .withEvaluate(false)
                .withCapture(capture)
                .withMaxSteps(steps);
        RunResult result = new Training(settings, data, device)
                .dataName("shapes")
                .resumeFrom(resume)
                .listener(new TrainingListener() {
                    @Override
                    public void stepsDone(List<StepMetrics> metrics) {
                        metrics.forEach(step -> losses.add(step.loss()));
                    }
                })
                .run();
        return new Result(losses, result.seconds());
    }

    /** Returns a recipe with a constant learning rate, so that the steps do not depend on the length of the run. */
    private Recipe recipe() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("epochs", "100000");
        settings.put("batch_size", Integer.toString(batch));
        settings.put("schedule.type", "constant");
        settings.put("optimizer.lr", CONSTANT_RATE);
        settings.put("optimizer.momentum", "0.9");
        return Recipes.bind(Recipes.override(Recipes.tree("ascend"), settings));
    }
}
