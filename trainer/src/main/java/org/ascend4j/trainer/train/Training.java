package org.ascend4j.trainer.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.ascend4j.Ascend4jException;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.distributed.RankGroup;
import org.ascend4j.nn.BatchNorm2d;
import org.ascend4j.runtime.StopRequest;
import org.ascend4j.runtime.TorchRuntime;
import org.ascend4j.trainer.checkpoint.Position;
import org.ascend4j.trainer.checkpoint.RunDescription;
import org.ascend4j.trainer.data.DataSplits;
import org.ascend4j.trainer.data.ImageSet;
import org.ascend4j.trainer.engine.FinalTest;
import org.ascend4j.trainer.engine.FrozenParts;
import org.ascend4j.trainer.engine.Listeners;
import org.ascend4j.trainer.engine.OutputFolder;
import org.ascend4j.trainer.engine.RandomStates;
import org.ascend4j.trainer.engine.Replicas;
import org.ascend4j.trainer.engine.RunFiles;
import org.ascend4j.trainer.engine.RunStart;
import org.ascend4j.trainer.engine.TestData;
import org.ascend4j.trainer.engine.TrainState;
import org.ascend4j.trainer.engine.TrainingData;
import org.ascend4j.trainer.engine.TrainingLoop;
import org.ascend4j.trainer.engine.Whitening;
import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.model.ModelTrial;
import org.ascend4j.trainer.profile.StepProfiler;
import org.ascend4j.trainer.progress.RunResult;
import org.ascend4j.trainer.progress.TrainingListener;
import org.ascend4j.trainer.recipe.InputSettings;
import org.ascend4j.trainer.recipe.Recipe;
import org.ascend4j.trainer.report.MetricsFile;
import org.ascend4j.trainer.report.RunFile;
import org.ascend4j.trainer.report.RunReport;
import org.ascend4j.trainer.tensorboard.TensorBoardFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One training run, from settings to the results in its output folder.
 *
 * @since 0.1.0
 */
public final class Training {
    private static final Logger LOG = LoggerFactory.getLogger(Training.class);

    private final RunSettings settings;
    private final DataSplits data;
    private final DeviceBackend device;
    private final List<TrainingListener> listeners = new ArrayList<>();
    private String dataName = "";
    private String validationName = "given";
    private RankGroup ranks = RankGroup.alone();
    private Path initialWeights;
    private boolean newHead;
    private Path resumeFrom;
    private boolean profile;
    private boolean tensorBoard;
    private boolean finalTest = true;
    private BooleanSupplier stopWhen = () -> false;
    private List<String> command = List.of();

    /** Prepares a run; the caller still owns the device. */
    public Training(RunSettings settings, DataSplits data, DeviceBackend device) {
        this.settings = settings;
        this.data = data;
        this.device = device;
    }

    /** Sets the data set's name for checkpoints and reports, as for {@code --data}. An evaluation can then find the data set by this name. */
    public Training dataName(String name) {
        dataName = name;
        return this;
    }

    /** Names the origin of the validation images in checkpoints, as {@code --validate} does. */
    public Training validationName(String name) {
        validationName = name;
        return this;
    }

    /** Adds a listener. */
    public Training listener(TrainingListener listener) {
        listeners.add(listener);
        return this;
    }

    /** Trains together with other processes; the caller still owns the group. Only rank 0 reads and writes the run's files and calls listeners. */
    public Training ranks(RankGroup group) {
        ranks = group;
        return this;
    }

    /** Starts from the weights in a {@code .pt} or {@code .safetensors} file; with null, from weights drawn with the seed. */
    public Training initialWeights(Path file) {
        initialWeights = file;
        return this;
    }

    /**
     * Sets whether to ignore the model's last layers in the initial weights; these layers then start from the seed.
     * This also happens if the number of classes differs.
     */
    public Training newHead(boolean wanted) {
        newHead = wanted;
        return this;
    }

    /** Resumes from a checkpoint; null for a fresh start. */
    public Training resumeFrom(Path checkpoint) {
        resumeFrom = checkpoint;
        return this;
    }

    /**
     * Sets whether to write event files to the output folder's {@code tensorboard}. This copies weights and gradients
     * from the device once per epoch.
     */
    public Training tensorBoard(boolean wanted) {
        tensorBoard = wanted;
        return this;
    }

    /** Sets the words of the command that repeats this run, for its report. */
    public Training command(List<String> words) {
        command = List.copyOf(words);
        return this;
    }

    /** Sets whether to write {@code profile.json} to the output folder: the time of a few steps by phase and operator. */
    public Training profile(boolean wanted) {
        profile = wanted;
        return this;
    }

    /** Sets whether a run with validation images evaluates the test images in the end, as it does unless told otherwise. */
    public Training finalTest(boolean wanted) {
        finalTest = wanted;
        return this;
    }

    /** Stops the run as a signal does, after the step at which {@code condition} first returns true. */
    public Training stopWhen(BooleanSupplier condition) {
        stopWhen = condition;
        return this;
    }

    /** Makes the recipe's model from the run's seed and trains it. */
    public RunResult run() {
        if (settings.recipe().model().isOpen()) {
            throw new Ascend4jException("a run expects a model, found a recipe that leaves it open; set model.kind"
                    + " (--model), or train a model of your own by Training.run(model)");
        }
        device.seed(settings.seed());
        try (ImageClassifier model = TrainedModel.create(describe(settings.recipe()))) {
            return run(model);
        }
    }

    /**
     * Trains a model, which the caller still owns. Checkpoints contain its name and settings.
     *
     * @throws Ascend4jException if the recipe specifies a different model, or the model does not allow the requested number of replicas
     */
    public RunResult run(ImageClassifier model) {
        RunDescription run = describe(ModelIdentity.record(
                settings.recipe(), model, data.train().classNames().size()));
        Execution execution = settings.execution().forModel(model, run.recipe(), device, TorchRuntime.threads());
        tryOut(model);
        FrozenParts.freeze(model, run.recipe().fineTuning().freeze());
        if (initialWeights == null && resumeFrom == null) {
            Whitening.apply(
                    model,
                    data.train(),
                    device,
                    run.recipe().input(),
                    run.recipe().firstLayer());
        }
        Whitening.freeze(model, run.recipe().firstLayer());
        synchronise(model);
        boolean shared = settings.recipe().model().synchronisesBatchNorm();
        SingleImageBatch.refuse(model, settings, data.train(), shared ? 1 : ranks.size());
        try (StopRequest stop = new StopRequest(stopWhen);
                TrainState state = new TrainState(
                        model, device, settings.layout(), run.recipe(), run.stepsPerEpoch(), ranks, execution.exact());
                OutputFolder output = ranks.rank().isFirst() ? OutputFolder.open(settings.output()) : null) {
            RandomStates random = new RandomStates(device, ranks, model.treeDrawsRandomNumbers());
            RunStart start = new RunStart(initialWeights, newHead, resumeFrom, settings.seed(), ranks);
            Position position = output == null ? start.follow(state, random) : start.lead(state, random, output, run);
            if (output != null) {
                RunFile.write(
                        output.path().resolve(OutputFolder.RUN),
                        command,
                        run,
                        settings.withExecution(execution).report(device, data.fit()),
                        device,
                        ranks.rank().topology());
            }
            RunFiles files = new RunFiles(output, run, random, state, position, resumeFrom);
            try (MetricsFile metrics = output == null ? null : metrics(output, position);
                    RunReport report = output == null ? null : new RunReport(output.path(), data);
                    TensorBoardFile board = output == null || !tensorBoard
                            ? null
                            : TensorBoardFile.open(output.path().resolve(OutputFolder.TENSORBOARD), position.step());
                    TrainingData tensors = new TrainingData(run, data, device);
                    Replicas replicas = new Replicas(model, execution.replicas(), device);
                    TestData evaluated = settings.evaluate()
                            ? new TestData(
                                    data.evaluated(), device, settings.recipe().input())
                            : null;
                    StepProfiler profiler = new StepProfiler(
                            profile && output != null ? output.path().resolve(OutputFolder.PROFILE) : null);
                    TrainingLoop loop = new TrainingLoop(
                            run,
                            new TrainingLoop.Bounds(
                                    settings.maxSteps(), settings.checkpointEvery(), settings.patience()),
                            settings.capture(),
                            device,
                            tensors,
                            evaluated,
                            finalTest(run.recipe(), state, replicas, files),
                            state,
                            replicas,
                            files,
                            listeners(metrics, report, board),
                            stop,
                            ranks,
                            profiler)) {
                return loop.run();
            }
        }
    }

    /** Returns null where the test images are what is evaluated after epochs, or are not evaluated. */
    private FinalTest finalTest(Recipe recipe, TrainState state, Replicas replicas, RunFiles files) {
        return data.validation() == null || !settings.evaluate() || !finalTest
                ? null
                : new FinalTest(data.test(), device, recipe, state, replicas, files, ranks);
    }

    private void tryOut(ImageClassifier model) {
        InputSettings input = settings.recipe().input();
        ImageSet images = data.train();
        ModelTrial.run(model, images.channels(), input.side(images.height()), input.side(images.width()));
    }

    private void synchronise(ImageClassifier model) {
        if (!settings.recipe().model().synchronisesBatchNorm()) {
            return;
        }
        if (model.tree().stream().noneMatch(BatchNorm2d.class::isInstance)) {
            throw new Ascend4jException("--sync-bn expects a model with batch norm, found one without;"
                    + " set --batch-norm, or omit --sync-bn");
        }
        if (ranks.size() == 1) {
            LOG.warn("--sync-bn changes nothing with one process: its batch is the whole one.");
        }
        ranks.synchronise(model);
    }

    private static MetricsFile metrics(OutputFolder output, Position position) {
        return MetricsFile.open(output.path().resolve(OutputFolder.METRICS), position.step(), position.epoch() - 1);
    }

    private RunDescription describe(Recipe recipe) {
        return new RunDescription(
                recipe,
                settings.globalBatch(),
                dataName,
                settings.seed(),
                settings.augment(),
                settings.shuffle(),
                data.train().channels(),
                data.train().height(),
                data.train().width(),
                data.train().size(),
                data.train().classNames(),
                data.validation() == null ? null : validationName,
                settings.patience() == 0 ? null : settings.patience());
    }

    private Listeners listeners(MetricsFile metrics, RunReport report, TensorBoardFile board) {
        List<TrainingListener> all = new ArrayList<>();
        if (metrics != null) {
            all.add(metrics);
            all.add(report);
            if (board != null) {
                all.add(board);
            }
            all.addAll(listeners);
        }
        return new Listeners(all);
    }
}
