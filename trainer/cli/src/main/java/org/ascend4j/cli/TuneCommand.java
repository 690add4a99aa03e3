package org.ascend4j.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.ascend4j.Ascend4jException;
import org.ascend4j.ShellWord;
import org.ascend4j.cli.console.ConsoleProgress;
import org.ascend4j.cli.console.TrialLines;
import org.ascend4j.cli.help.HelpGroup;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.runtime.StopRequest;
import org.ascend4j.trainer.data.DataSplits;
import org.ascend4j.trainer.data.Validation;
import org.ascend4j.trainer.model.ModelPath;
import org.ascend4j.trainer.recipe.InputSettings;
import org.ascend4j.trainer.recipe.Recipe;
import org.ascend4j.trainer.recipe.Recipes;
import org.ascend4j.trainer.train.RunSettings;
import org.ascend4j.trainer.tune.BaseRecipe;
import org.ascend4j.trainer.tune.SearchSpace;
import org.ascend4j.trainer.tune.TuneResult;
import org.ascend4j.trainer.tune.Tuning;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ascend4j tune}: searches for settings that suit the data. */
@Command(
        name = "tune",
        description = "Searches for the learning rate, or other settings, with the highest validation accuracy, and "
                + "writes a recipe with them.",
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  ./ascend4j tune --data folder:photos --recipe fast --minutes 30 --output runs/tune",
            "  ./ascend4j tune --data cifar10 --minutes 60 --search schedule.max_lr=0.02..0.5log --search "
                    + "label_smoothing=0,0.1,0.2"
        },
        mixinStandardHelpOptions = true)
@HelpGroup.In(HelpGroup.FIRST)
final class TuneCommand implements Runnable {
    private static final int MOST_MINUTES = 100_000;
    private static final int MOST_TRIALS = 1000;
    private static final double MINUTE = 60e9;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOptions dataOptions;

    @Mixin
    private RecipeOptions recipeOptions;

    @Mixin
    private ModelOptions modelOptions;

    @Mixin
    private DeviceOptions deviceOptions;

    @Mixin
    private ExecutionOptions executionOptions;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            required = true,
            description = "The time for the search. A call with the same --output goes on for N minutes more.")
    private double minutes;

    @Option(
            names = "--search",
            paramLabel = "SETTING=VALUES",
            description = "A setting to vary and its values: V1,V2,... for a list, LOW..HIGH for numbers between two, "
                    + "LOW..HIGHlog for numbers with uniform logarithms; may be repeated (default: the peak learning "
                    + "rate, from a tenth to ten times the recipe's).")
    private List<String> search = new ArrayList<>();

    @Option(
            names = "--trials",
            paramLabel = "N",
            description = "Number of configurations that are tried (default: as many as the time allows, at most 81).")
    private Integer trials;

    @Option(
            names = "--validate",
            paramLabel = "SHARE|split|FOLDER",
            defaultValue = "0.1",
            description = "The images that trials are judged by, as for train (default: ${DEFAULT-VALUE} of the "
                    + "training images). The test images are not used.")
    private String validate;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Seed of the configurations and of all trials (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--output",
            paramLabel = "FOLDER",
            description = "The search's folder (default: a new one in runs). A search that is in it goes on.")
    private Path output;

    @Override
    public void run() {
        long start = System.nanoTime();
        executionOptions.check(spec.commandLine());
        OptionRange.check(spec.commandLine(), "--trials", trials, 2, MOST_TRIALS);
        if (!(minutes > 0 && minutes <= MOST_MINUTES)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--minutes expects a number above 0, at most " + MOST_MINUTES + ", found " + minutes);
        }
        try (ModelPath models = modelOptions.open(spec.commandLine());
                StopRequest stop = new StopRequest();
                DeviceBackend device = deviceOptions.open()) {
            search(device, stop, start + Math.round(minutes * MINUTE));
        }
    }

    private void search(DeviceBackend device, StopRequest stop, long end) {
        String base = recipeOptions.name(dataOptions.defaultRecipe());
        Map<String, String> overrides = new LinkedHashMap<>(modelOptions.overrides());
        dataOptions.resize().ifPresent(side -> overrides.put("input.resize", Integer.toString(side)));
        Recipe recipe = recipeOptions.resolve(Recipes.tree(base), overrides);
        Path folder = output == null ? ResumeOptions.newFolder("tune-" + recipe.name()) : output;
        RunSettings settings = RunSettings.of(recipe, device, folder)
                .withSeed(seed)
                .withLayout(deviceOptions.layout(device))
                .withExecution(executionOptions.execution())
                .withCapture(executionOptions.capture());
        SearchSpace space = search.isEmpty()
                ? SearchSpace.ofLearningRate(settings.recipe())
                : SearchSpace.parse(settings.recipe(), search);
        String data = dataOptions.data().orElse(recipe.data());
        DataSplits images = load(data, recipe.input());
        BooleanSupplier isOver = () -> stop.requested() || System.nanoTime() - end >= 0;
        BaseRecipe origin = new BaseRecipe(base, recipeOptions.overrides(overrides));
        TuneResult result = new Tuning(settings, origin, space, images, device)
                .dataName(data)
                .validationName(validate)
                .trials(trials)
                .listener(new TrialLines(System.out))
                .run(Duration.ofNanos(end - System.nanoTime()), isOver);
        print(result, data, stop.requested());
    }

    private DataSplits load(String data, InputSettings input) {
        DataSplits images = dataOptions
                .source(data, seed, input.resize(), input.hasResizedCrop(), Validation.parse(validate))
                .load(new ConsoleProgress());
        if (!images.fit().isEmpty()) {
            System.out.println(images.fit());
        }
        return images;
    }

    private void print(TuneResult result, String data, boolean interrupted) {
        TrialLines.table(result).forEach(System.out::println);
        if (!result.rest().isEmpty()) {
            System.out.println((interrupted ? "Stopped by a signal" : "The time is over") + "; not done: "
                    + String.join("; ", result.rest()));
            System.out.println("Go on:   " + command(result.folder()));
        }
        System.out.println("See it:  " + result.page());
        if (result.best().isPresent()) {
            System.out.println("Use it:  ./ascend4j train --recipe " + quote(result.recipe()) + " --data "
                    + ShellWord.quote(data));
        } else if (result.rest().isEmpty()) {
            throw new Ascend4jException(
                    "a search expects a trial that does not diverge, found none; set --search to lower learning rates");
        }
    }

    /** Returns the command that goes on with the search in a folder. */
    private String command(Path folder) {
        List<String> words = new ArrayList<>(List.of("./ascend4j"));
        words.addAll(spec.root().commandLine().getParseResult().originalArgs());
        if (output == null) {
            words.addAll(List.of("--output", folder.toString()));
        }
        return words.stream().map(ShellWord::quote).collect(Collectors.joining(" "));
    }

    private static String quote(Path path) {
        return ShellWord.quote(path.toString());
    }
}
