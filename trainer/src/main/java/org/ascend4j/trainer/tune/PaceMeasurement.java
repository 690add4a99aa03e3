package org.ascend4j.trainer.tune;

import java.util.List;
import java.util.Map;
import org.ascend4j.Ascend4jException;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.trainer.data.DataSplits;
import org.ascend4j.trainer.progress.Evaluation;
import org.ascend4j.trainer.progress.RunResult;
import org.ascend4j.trainer.progress.StepMetrics;
import org.ascend4j.trainer.progress.TrainingListener;
import org.ascend4j.trainer.recipe.Recipe;
import org.ascend4j.trainer.train.RunSettings;
import org.ascend4j.trainer.train.Training;

/** Measures the pace of a machine by a short run, whose files it deletes. */
final class PaceMeasurement implements TrainingListener {
    private static final int HOST_STEPS = 12;

    /** Results of steps on other devices are read together, and the measurement needs two readings. */
    private static final int DEVICE_STEPS = 120;

    private long firstSteps;
    private long firstTime;
    private long lastSteps;
    private long lastTime;
    private int evaluations;
    private double evaluationSeconds;

    private PaceMeasurement() {}

    /** Returns the pace of trials with these settings, at the images' full size. */
    static Pace measure(TrialRunner runner) {
        long start = System.nanoTime();
        DeviceBackend device = runner.device();
        DataSplits data = runner.data();
        Recipe recipe = SearchSpace.with(
                runner.base().recipe(), Map.of("epochs", "1000000", "input.progressive_resize", "null"));
        TrialFolder folder = new TrialFolder(runner.base().output().resolve("pace"));
        RunSettings settings = runner.base()
                .withRecipe(recipe)
                .withMaxSteps(device.isHost() ? HOST_STEPS : DEVICE_STEPS)
                .withOutput(folder.path());
        PaceMeasurement listener = new PaceMeasurement();
        folder.delete();
        RunResult result = new Training(settings, data, device)
                .finalTest(false)
                .stopWhen(runner.stop())
                .listener(listener)
                .run();
        folder.delete();
        if (result.interrupted()) {
            throw new Ascend4jException("a search expects the time for a few steps and an evaluation before its first"
                    + " trial, found that it was stopped there; set more --minutes");
        }
        return listener.pace((System.nanoTime() - start) / 1e9);
    }

    @Override
    public void stepsDone(List<StepMetrics> steps) {
        lastSteps = steps.get(steps.size() - 1).step();
        lastTime = System.nanoTime();
        if (firstTime == 0) {
            firstSteps = lastSteps;
            firstTime = lastTime;
        }
    }

    @Override
    public void evaluated(int epoch, Evaluation evaluation) {
        evaluations++;
        evaluationSeconds += evaluation.seconds();
    }

    private Pace pace(double whole) {
        double step =
                lastSteps > firstSteps ? (lastTime - firstTime) / 1e9 / (lastSteps - firstSteps) : whole / lastSteps;
        double rest = whole - lastSteps * step - evaluationSeconds;
        return new Pace(step, evaluationSeconds / evaluations, Math.max(0, rest));
    }
}
