package org.ascend4j.trainer.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.trainer.checkpoint.Checkpoint;
import org.ascend4j.trainer.checkpoint.RunDescription;
import org.ascend4j.trainer.data.DataSource;
import org.ascend4j.trainer.recipe.Recipe;
import org.ascend4j.trainer.recipe.Recipes;
import org.ascend4j.trainer.report.Consoles;
import org.ascend4j.trainer.train.RunSettings;
import org.ascend4j.trainer.train.Training;
import org.bytedeco.javacpp.PointerScope;
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
    @Spec
    private CommandSpec spec;

    @Mixin
    private RecipeOptions recipeOptions;

    @Mixin
    private ModelOptions modelOptions;

    @Mixin
    private DataOptions dataOptions;

    @Mixin
    private DeviceOptions deviceOptions;

    @Mixin
    private RunOptions runOptions;

    @Mixin
    private ResumeOptions resumeOptions;

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
        runOptions.check(spec.commandLine());
        resumeOptions.check(spec.commandLine());
        if (logEvery < 1) {
            throw new ParameterException(spec.commandLine(), "--log-every expects 1 or more, found " + logEvery);
        }
        try (DeviceBackend device = deviceOptions.open()) {
            Path checkpoint = resumeOptions.checkpoint();
            train(device, checkpoint, checkpoint == null ? null : describe(checkpoint));
        }
    }

    private static RunDescription describe(Path checkpoint) {
        try (PointerScope scope = new PointerScope()) {
            return Checkpoint.read(checkpoint).run();
        }
    }

    /** Trains; a resumed run ({@code checkpoint} and {@code saved}, else null) keeps its own settings where nothing else is said. */
    private void train(DeviceBackend device, Path checkpoint, RunDescription saved) {
        Recipe recipe = recipeOptions.resolve(fallbackRecipe(saved), overrides());
        String data = dataOptions.data().orElse(saved == null ? recipe.data() : saved.data());
        Path output = resumeOptions.output(checkpoint, recipe.name());
        if (checkpoint != null && !quiet) {
            System.out.println("Going on from " + checkpoint);
        }
        RunSettings settings = runOptions.settings(recipe, saved, deviceOptions.layout(device), output);
        DataSource source =
                dataOptions.source(data, settings.seed(), recipe.input().resize());
        Training training = new Training(settings, source.load(new ConsoleProgress()), device)
                .dataName(data)
                .initialWeights(resumeOptions.init())
                .resumeFrom(checkpoint)
                .listener(Consoles.choose(logEvery, quiet));
        training.run();
        if (!quiet) {
            System.out.println("Results are in " + output);
        }
    }

    private Map<String, String> overrides() {
        Map<String, String> overrides = new LinkedHashMap<>(modelOptions.overrides());
        dataOptions.resize().ifPresent(side -> overrides.put("input.resize", Integer.toString(side)));
        return overrides;
    }

    private ObjectNode fallbackRecipe(RunDescription saved) {
        if (saved != null) {
            return Recipes.describe(saved.recipe());
        }
        boolean shapes =
                dataOptions.data().filter(data -> data.startsWith("shapes")).isPresent();
        return Recipes.tree(shapes ? "shapes" : "article");
    }
}
