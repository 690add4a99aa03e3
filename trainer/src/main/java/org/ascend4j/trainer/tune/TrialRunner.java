package org.ascend4j.trainer.tune;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.trainer.checkpoint.CheckpointFolder;
import org.ascend4j.trainer.data.DataSplits;
import org.ascend4j.trainer.progress.DivergedException;
import org.ascend4j.trainer.progress.Evaluation;
import org.ascend4j.trainer.progress.RunOutline;
import org.ascend4j.trainer.progress.RunResult;
import org.ascend4j.trainer.progress.StepMetrics;
import org.ascend4j.trainer.progress.TrainingListener;
import org.ascend4j.trainer.recipe.Recipe;
import org.ascend4j.trainer.train.RunSettings;
import org.ascend4j.trainer.train.Training;

/**
 * Runs trials.
 *
 * <p>A trial that starts anew in each rung has a schedule of the rung's length. Below one epoch it trains for one epoch on a random sample of the images,
 * which are equal in distribution to the first images of an epoch of all. A trial that continues has the recipe's own schedule and stops at a step.
 *
 * @param base the settings of all trials; its output is the search's folder
 * @param dataName the data set's name, for the trials' reports
 * @param validationName the origin of the validation images
 */
record TrialRunner(
        RunSettings base,
        DataSplits data,
        DeviceBackend device,
        String dataName,
        String validationName,
        BooleanSupplier stop) {
    /** Runs a trial's part of a rung, or goes on with it. Returns an empty value if it was stopped; its checkpoint then holds what is done. */
    Optional<TrialResult> run(TunePlan plan, int trial, int rung) {
        long start = System.nanoTime();
        TrialFolder folder = TrialFolder.of(base.output(), plan.continues(), trial, rung);
        Outcome outcome = new Outcome();
        try {
            RunResult result = train(plan, trial, rung, folder.path(), outcome);
            if (!result.interrupted() && outcome.evaluation == null) {
                // The process was killed between the last checkpoint and the line of the result.
                folder.delete();
                result = train(plan, trial, rung, folder.path(), outcome);
            }
            if (result.interrupted()) {
                return Optional.empty();
            }
        } catch (DivergedException e) {
            outcome.diverged = true;
        }
        Evaluation reached = outcome.evaluation;
        boolean diverged = outcome.diverged || !Double.isFinite(reached.loss());
        return Optional.of(new TrialResult(
                trial,
                rung,
                outcome.steps,
                diverged,
                diverged ? null : reached.accuracy(),
                diverged ? null : reached.loss(),
                (System.nanoTime() - start) / 1e9,
                plan.configurations().get(trial - 1)));
    }

    private RunResult train(TunePlan plan, int trial, int rung, Path folder, Outcome outcome) {
        Map<String, String> values = new HashMap<>(plan.configurations().get(trial - 1));
        long images = plan.rung(rung).images();
        int epoch = data.train().size();
        long steps = 0;
        DataSplits sample = data;
        Path last = new CheckpointFolder(folder).last();
        boolean resumes = last.toFile().exists();
        if (!resumes) {
            new TrialFolder(folder).delete();
        }
        if (!plan.continues()) {
            values.put("epochs", Long.toString(Math.max(1, images / epoch)));
            sample = images < epoch ? data.withTrainingSample((int) images, base.seed()) : data;
        }
        Recipe recipe = SearchSpace.with(base.recipe(), values).on(device);
        if (plan.continues()) {
            long perEpoch = steps(epoch, recipe);
            steps = images / epoch * perEpoch + steps(images % epoch, recipe);
        }
        RunSettings settings = base.withRecipe(recipe)
                .withGlobalBatch(recipe.batchSize())
                .withMaxSteps(steps)
                .withOutput(folder);
        return new Training(settings, sample, device)
                .dataName(dataName)
                .validationName(validationName)
                .finalTest(false)
                .stopWhen(stop)
                .resumeFrom(resumes ? last : null)
                .listener(outcome)
                .run();
    }

    private static long steps(long images, Recipe recipe) {
        return (images + recipe.batchSize() - 1) / recipe.batchSize();
    }

    /** Keeps what a run reports. */
    private static final class Outcome implements TrainingListener {
        private Evaluation evaluation;
        private long steps;
        private boolean diverged;

        @Override
        public void started(RunOutline outline) {
            steps = outline.firstStep() - 1;
        }

        @Override
        public void stepsDone(List<StepMetrics> done) {
            steps = done.get(done.size() - 1).step();
        }

        @Override
        public void evaluated(int epoch, Evaluation found) {
            evaluation = found;
        }
    }
}
