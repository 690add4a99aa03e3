package org.ascend4j.trainer.cli;

import java.nio.file.Path;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.Layout;
import org.ascend4j.runtime.TorchRuntime;
import org.ascend4j.trainer.checkpoint.RunDescription;
import org.ascend4j.trainer.recipe.Recipe;
import org.ascend4j.trainer.train.Execution;
import org.ascend4j.trainer.train.RunSettings;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How a run goes about its recipe. */
final class RunOptions {
    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seeds weights, order, augmentation and dropout (default: 0).")
    private Long seed;

    @Option(
            names = "--max-steps",
            paramLabel = "N",
            defaultValue = "0",
            description = "Stop after this step; the schedule keeps the length of all epochs.")
    private long maxSteps;

    @Option(names = "--no-augment", description = "No random crops and flips.")
    private boolean noAugment;

    @Option(names = "--no-shuffle", description = "Training images in the data set's order.")
    private boolean noShuffle;

    @Option(names = "--no-eval", description = "No evaluation after the epochs.")
    private boolean noEval;

    @Option(
            names = "--checkpoint-every",
            paramLabel = "N",
            defaultValue = "0",
            description = "Write last.ckpt every N steps besides after each epoch.")
    private int checkpointEvery;

    @Option(
            names = "--replicas",
            paramLabel = "N",
            description = "Copies of the model that share each batch on the CPU, one thread each (default: one per"
                    + " thread where batch norm and dropout do not forbid it).")
    private Integer replicas;

    @Option(
            names = "--exact",
            description = "Python's operators in Python's order: the same losses bit for bit on the same libtorch and"
                    + " threads; slower.")
    private boolean exact;

    /** Refuses numbers out of range as wrong usage. */
    void check(CommandLine command) {
        if (maxSteps < 0) {
            throw new ParameterException(command, "--max-steps expects 0 or more, found " + maxSteps);
        }
        if (replicas != null && replicas < 1) {
            throw new ParameterException(command, "--replicas expects 1 or more, found " + replicas);
        }
        if (exact && replicas != null && replicas > 1) {
            throw new ParameterException(command, "--exact expects --replicas 1, found " + replicas);
        }
        if (checkpointEvery < 0) {
            throw new ParameterException(command, "--checkpoint-every expects 0 or more, found " + checkpointEvery);
        }
    }

    /** Returns the seed asked for, else the resumed run's ({@code saved}, null without one). */
    long seed(RunDescription saved) {
        if (seed != null) {
            return seed;
        }
        return saved == null ? 0 : saved.seed();
    }

    /** Returns the settings asked for; a resumed run ({@code saved}, null without one) keeps its own where nothing else is said. */
    RunSettings settings(
            Recipe recipe, int globalBatch, RunDescription saved, DeviceBackend device, Layout layout, Path output) {
        return new RunSettings(
                recipe,
                globalBatch,
                seed(saved),
                !noAugment && (saved == null || saved.augment()),
                !noShuffle && (saved == null || saved.shuffle()),
                !noEval,
                maxSteps,
                checkpointEvery,
                layout,
                execution(recipe, device),
                output);
    }

    private Execution execution(Recipe recipe, DeviceBackend device) {
        if (exact) {
            return new Execution(true, 1);
        }
        return replicas == null
                ? Execution.fastest(recipe, device, TorchRuntime.threads())
                : Execution.replicas(replicas, recipe, device);
    }
}
