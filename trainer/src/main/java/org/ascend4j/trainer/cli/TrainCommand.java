package org.ascend4j.trainer.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.trainer.data.DataSource;
import org.ascend4j.trainer.recipe.Recipe;
import org.ascend4j.trainer.recipe.Recipes;
import org.ascend4j.trainer.report.Consoles;
import org.ascend4j.trainer.train.RunSettings;
import org.ascend4j.trainer.train.Training;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ascend4j train}. */
@Command(
        name = "train",
        description = "Trains a model and writes metrics, checkpoints and weights to the output folder.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class TrainCommand implements Runnable {
    private static final String AUTO = "auto";

    @Spec
    private CommandSpec spec;

    @Mixin
    private RecipeOptions recipeOptions;

    @Mixin
    private DataOptions dataOptions;

    @Mixin
    private DeviceOptions deviceOptions;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Seeds weights, order, augmentation and dropout (default: ${DEFAULT-VALUE}).")
    private long seed;

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

    @Option(names = "--output", paramLabel = "DIR", description = "The folder for results (default: runs/RECIPE-TIME).")
    private Path output;

    @Option(
            names = "--init",
            paramLabel = "FILE",
            description = "Start from weights: .pt (torch.save of a state dict) or .safetensors.")
    private Path init;

    @Option(
            names = "--resume",
            paramLabel = "FILE|auto",
            arity = "0..1",
            fallbackValue = AUTO,
            description = "Go on from a checkpoint; auto: from last.ckpt in the output folder, if there is one.")
    private String resume;

    @Option(
            names = "--checkpoint-every",
            paramLabel = "N",
            defaultValue = "0",
            description = "Write last.ckpt every N steps besides after each epoch.")
    private int checkpointEvery;

    @Option(
            names = "--log-every",
            paramLabel = "N",
            defaultValue = "100",
            description = "Print a line every N iterations (default: ${DEFAULT-VALUE}).")
    private int logEvery;

    @Option(names = "--quiet", description = "Print the result only.")
    private boolean quiet;

    @Override
    public void run() {
        require(maxSteps >= 0, "--max-steps expects 0 or more, found " + maxSteps);
        require(checkpointEvery >= 0, "--checkpoint-every expects 0 or more, found " + checkpointEvery);
        require(logEvery >= 1, "--log-every expects 1 or more, found " + logEvery);
        Recipe recipe = recipeOptions.resolve(defaultRecipe(), overrides());
        Path folder = output == null ? defaultOutput(recipe) : output;
        DataSource source = dataOptions.source(recipe.data(), seed);
        try (DeviceBackend device = deviceOptions.open()) {
            RunSettings settings = new RunSettings(
                    recipe,
                    seed,
                    !noAugment,
                    !noShuffle,
                    !noEval,
                    maxSteps,
                    checkpointEvery,
                    deviceOptions.layout(device),
                    folder);
            Training training = new Training(
                            settings,
                            source.load(new ConsoleProgress()),
                            dataOptions.data().orElse(recipe.data()),
                            device)
                    .listener(Consoles.choose(logEvery, quiet));
            if (init != null) {
                training.initialWeights(init);
            }
            if (resume != null) {
                training.resumeFrom(checkpoint(folder));
            }
            training.run();
            if (!quiet) {
                System.out.println("Results are in " + folder);
            }
        }
    }

    private Map<String, String> overrides() {
        Map<String, String> overrides = new LinkedHashMap<>();
        dataOptions.resize().ifPresent(side -> overrides.put("input.resize", Integer.toString(side)));
        return overrides;
    }

    private ObjectNode defaultRecipe() {
        boolean shapes =
                dataOptions.data().filter(data -> data.startsWith("shapes")).isPresent();
        return Recipes.tree(shapes ? "shapes" : "article");
    }

    private static Path defaultOutput(Recipe recipe) {
        String time = LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss"));
        return Path.of("runs", recipe.name() + "-" + time);
    }

    /** Returns the checkpoint to go on from; null when {@code auto} finds none. */
    private Path checkpoint(Path folder) {
        if (!resume.equals(AUTO)) {
            return Path.of(resume);
        }
        require(output != null, "--resume auto expects --output to name the run's folder");
        Path last = folder.resolve("last.ckpt");
        return Files.exists(last) ? last : null;
    }

    private void require(boolean holds, String message) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }
}
