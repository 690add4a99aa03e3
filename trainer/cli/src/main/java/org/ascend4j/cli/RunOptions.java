package org.ascend4j.cli;

import java.nio.file.Path;
import org.ascend4j.cli.help.HelpGroup;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.Layout;
import org.ascend4j.trainer.checkpoint.RunDescription;
import org.ascend4j.trainer.recipe.Recipe;
import org.ascend4j.trainer.train.RunSettings;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options for a run besides its recipe. */
@HelpGroup.In(HelpGroup.TRAINING)
final class RunOptions {
    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of weights, order, augmentation and dropout (default: 0). Equal seeds give equal "
                    + "bits on one machine with equal --threads, --replicas and OMP_NUM_THREADS.")
    private Long seed;

    @Option(
            names = "--max-steps",
            paramLabel = "N",
            description = "Stop after N steps. The schedule keeps the length of all epochs.")
    private Long maxSteps;

    @Option(names = "--no-augment", description = "Disable random crops and flips.")
    private boolean noAugment;

    @Option(names = "--no-shuffle", description = "Disable shuffling: keep the order of the data set.")
    private boolean noShuffle;

    @Mixin
    private ValidationOptions validationOptions;

    @Option(
            names = "--checkpoint-every",
            paramLabel = "N",
            defaultValue = "0",
            description = "Write last.ckpt every N steps and at the end of each epoch; 0: only at the end of each "
                    + "epoch (default).")
    private int checkpointEvery;

    @Mixin
    private ExecutionOptions executionOptions;

    /** Rejects numbers out of range as wrong usage. */
    void check(CommandLine command) {
        OptionRange.check(command, "--max-steps", maxSteps, 1, Long.MAX_VALUE);
        OptionRange.check(command, "--checkpoint-every", checkpointEvery, 0, Integer.MAX_VALUE);
        validationOptions.check(command);
        executionOptions.check(command);
    }

    /** Returns the requested seed, otherwise that of the resumed run ({@code saved}, null without one). */
    long seed(RunDescription saved) {
        if (seed != null) {
            return seed;
        }
        return saved == null ? 0 : saved.seed();
    }

    /** Returns where validation images come from, as {@link ValidationOptions} says; null for none. */
    String validation(RunDescription saved) {
        return validationOptions.validation(saved);
    }

    /** Returns the requested settings; a resumed run ({@code saved}, null without one) keeps its own for options that are not given. */
    RunSettings settings(
            Recipe recipe, int globalBatch, RunDescription saved, DeviceBackend device, Layout layout, Path output) {
        return RunSettings.of(recipe, device, output)
                .withGlobalBatch(globalBatch)
                .withSeed(seed(saved))
                .withAugment(!noAugment && (saved == null || saved.augment()))
                .withShuffle(!noShuffle && (saved == null || saved.shuffle()))
                .withEvaluate(validationOptions.evaluates())
                .withPatience(validationOptions.patience(saved))
                .withMaxSteps(maxSteps == null ? 0 : maxSteps)
                .withCheckpointEvery(checkpointEvery)
                .withLayout(layout)
                .withExecution(executionOptions.execution())
                .withCapture(executionOptions.capture());
    }
}
