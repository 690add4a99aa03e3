package org.ascend4j.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.ascend4j.cli.console.Consoles;
import org.ascend4j.cli.help.HelpGroup;
import org.ascend4j.cli.launch.Launcher;
import org.ascend4j.cli.launch.LauncherWatch;
import org.ascend4j.cli.launch.RankCommand;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.distributed.Placement;
import org.ascend4j.distributed.Rank;
import org.ascend4j.distributed.RankGroup;
import org.ascend4j.distributed.Topology;
import org.ascend4j.trainer.checkpoint.Checkpoint;
import org.ascend4j.trainer.checkpoint.RunDescription;
import org.ascend4j.trainer.data.DataSource;
import org.ascend4j.trainer.data.DataSplits;
import org.ascend4j.trainer.data.Validation;
import org.ascend4j.trainer.model.ModelPath;
import org.ascend4j.trainer.progress.RunOutline;
import org.ascend4j.trainer.progress.RunResult;
import org.ascend4j.trainer.progress.TrainingListener;
import org.ascend4j.trainer.recipe.InputSettings;
import org.ascend4j.trainer.recipe.Recipe;
import org.ascend4j.trainer.recipe.Recipes;
import org.ascend4j.trainer.report.LiveReport;
import org.ascend4j.trainer.train.Execution;
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
        footer = {
            "",
            "Examples:",
            "  ./ascend4j train --data shapes",
            "  ./ascend4j train --data cifar10 --recipe fast --output runs/fast --live"
        },
        mixinStandardHelpOptions = true)
@HelpGroup.In(HelpGroup.OUTPUT)
final class TrainCommand implements Callable<Integer> {
    private static final int MOST_PORTS = 65_535;

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
    private RunOptions runOptions;

    @Mixin
    private ResumeOptions resumeOptions;

    @Mixin
    private FineTuningOptions fineTuningOptions;

    @Mixin
    private RankOptions rankOptions;

    @Option(
            names = "--log-every",
            paramLabel = "N",
            description = "Print a line every N steps (default: 100; none on a terminal, which shows a progress bar).")
    private Integer logEvery;

    @Option(names = "--quiet", description = "Print only the result.")
    private boolean quiet;

    @Option(
            names = "--profile",
            description = "Measure steps 6 to 10 by phase and operator, and write profile.json in Chrome's trace "
                    + "format (for ui.perfetto.dev).")
    private boolean profile;

    @Option(
            names = "--live",
            paramLabel = "PORT",
            arity = "0..1",
            fallbackValue = "0",
            description = "Serve the run's report on 127.0.0.1 during training (default: any free port).")
    private Integer livePort;

    @Option(
            names = "--tensorboard",
            description = "Write TensorBoard event files to the output folder: figures, weights, gradients, images.")
    private boolean tensorBoard;

    @Override
    public Integer call() {
        runOptions.check(spec.commandLine());
        resumeOptions.check(spec.commandLine(), fineTuningOptions.isGiven());
        rankOptions.check(spec.commandLine());
        OptionRange.check(spec.commandLine(), "--log-every", logEvery, 1, Integer.MAX_VALUE);
        OptionRange.check(spec.commandLine(), "--live", livePort, 0, MOST_PORTS);
        try (ModelPath models = modelOptions.open(spec.commandLine())) {
            return place();
        }
    }

    private int place() {
        Placement placement = rankOptions.placement(deviceOptions.spec());
        if (placement.rank().isEmpty()) {
            return launch(placement.topology());
        }
        LauncherWatch.start();
        Rank rank = placement.rank().get();
        try (DeviceBackend device = deviceOptions.open(rank);
                RankGroup ranks = RankGroup.join(rank, device, rankOptions.timeout())) {
            if (ranks.size() > 1 && rank.isFirst() && !quiet) {
                System.out.println(rank.topology());
            }
            Path checkpoint = shared(ranks, resumeOptions::checkpoint);
            train(device, ranks, checkpoint, checkpoint == null ? null : describe(ranks, checkpoint));
            ranks.done();
        }
        return 0;
    }

    private int launch(Topology topology) {
        if (rankOptions.maxRestarts() > 0 && resumeOptions.output() == null) {
            throw new ParameterException(
                    spec.commandLine(), "--max-restarts expects --output to name the run's folder");
        }
        RankCommand command = new RankCommand(
                Main.class,
                spec.root().commandLine().getParseResult().originalArgs(),
                rankOptions.maxRestarts() > 0 ? resumeOptions.checkpoints() : null);
        return new Launcher(topology, command, rankOptions.maxRestarts(), System.err).run();
    }

    /** Returns rank 0's path on all ranks: the other ranks may be on hosts without the file. */
    private static Path shared(RankGroup ranks, Supplier<Path> path) {
        Path own = ranks.rank().isFirst() ? path.get() : null;
        String text = ranks.share(own == null ? "" : own.toString());
        return text.isEmpty() ? null : Path.of(text);
    }

    private static RunDescription describe(RankGroup ranks, Path checkpoint) {
        String own = null;
        if (ranks.rank().isFirst()) {
            try (PointerScope scope = new PointerScope()) {
                own = Checkpoint.read(checkpoint).run().toJson();
            }
        }
        return RunDescription.fromJson(ranks.share(own));
    }

    /** Trains; a resumed run ({@code checkpoint} and {@code saved}, otherwise null) keeps its own settings for options that are not given. */
    private void train(DeviceBackend device, RankGroup ranks, Path checkpoint, RunDescription saved) {
        Recipe recipe = recipeOptions.resolve(fallbackRecipe(saved), overrides());
        String data = dataOptions.data().orElse(saved == null ? recipe.data() : saved.data());
        Path output = resumeOptions.output(checkpoint, recipe.name());
        if (checkpoint != null && !quiet && ranks.rank().isFirst()) {
            System.out.println("Resuming from " + checkpoint);
        }
        int globalBatch = rankOptions.globalBatch(recipe, saved, ranks.size());
        RunSettings settings =
                runOptions.settings(recipe, globalBatch, saved, device, deviceOptions.layout(device), output);
        InputSettings input = recipe.input();
        boolean originals = settings.augment() && input.hasResizedCrop();
        String validation = runOptions.validation(saved);
        DataSource source =
                dataOptions.source(data, settings.seed(), input.resize(), originals, Validation.parse(validation));
        DataSplits images = SharedData.load(source, ranks);
        if (!quiet && ranks.rank().isFirst() && !images.fit().isEmpty()) {
            System.out.println(images.fit());
        }
        Training training = new Training(settings, images, device)
                .ranks(ranks)
                .dataName(data)
                .validationName(validation)
                .initialWeights(checkpoint == null ? shared(ranks, fineTuningOptions::file) : null)
                .newHead(fineTuningOptions.newHead())
                .resumeFrom(checkpoint)
                .profile(profile)
                .tensorBoard(tensorBoard)
                .command(command())
                .listener(arrangement(settings, device))
                .listener(Consoles.choose(logEvery, quiet));
        RunResult result = run(training, output, ranks.rank().isFirst());
        if (!quiet && ranks.rank().isFirst()) {
            new NextSteps(output, data).print(result, images.test(), System.out);
        }
    }

    private RunResult run(Training training, Path output, boolean first) {
        try (LiveReport live = livePort == null || !first ? null : new LiveReport(output, livePort)) {
            if (live != null) {
                System.out.println("The report is live at " + live.address());
                training.listener(live);
            }
            return training.run();
        }
    }

    private List<String> command() {
        List<String> words = new ArrayList<>(List.of("./ascend4j"));
        words.addAll(spec.root().commandLine().getParseResult().originalArgs());
        return words;
    }

    /** Returns a listener that prints how the run uses the machine, which also depends on the model. */
    private TrainingListener arrangement(RunSettings settings, DeviceBackend device) {
        return new TrainingListener() {
            @Override
            public void started(RunOutline outline) {
                if (!quiet) {
                    Execution chosen = new Execution(settings.execution().exact(), outline.replicas());
                    System.out.println("On " + device.name() + ": "
                            + settings.withExecution(chosen).arrangement(device.isHost()));
                }
            }
        };
    }

    private Map<String, String> overrides() {
        Map<String, String> overrides = new LinkedHashMap<>(fineTuningOptions.overrides());
        overrides.putAll(modelOptions.overrides());
        overrides.putAll(rankOptions.overrides());
        dataOptions.resize().ifPresent(side -> overrides.put("input.resize", Integer.toString(side)));
        return overrides;
    }

    private ObjectNode fallbackRecipe(RunDescription saved) {
        if (saved != null) {
            return Recipes.describe(saved.recipe());
        }
        return Recipes.tree(dataOptions.defaultRecipe());
    }
}
