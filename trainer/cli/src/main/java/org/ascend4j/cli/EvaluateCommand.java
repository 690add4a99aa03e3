package org.ascend4j.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import org.ascend4j.Ascend4jException;
import org.ascend4j.Printable;
import org.ascend4j.cli.console.ConsoleProgress;
import org.ascend4j.cli.help.HelpGroup;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.Precision;
import org.ascend4j.runtime.StopRequest;
import org.ascend4j.trainer.checkpoint.RunDescription;
import org.ascend4j.trainer.data.ImageSet;
import org.ascend4j.trainer.model.ModelPath;
import org.ascend4j.trainer.progress.Evaluation;
import org.ascend4j.trainer.recipe.Recipe;
import org.ascend4j.trainer.report.ConfusionMatrix;
import org.ascend4j.trainer.report.ConfusionPicture;
import org.ascend4j.trainer.report.EvaluationReport;
import org.ascend4j.trainer.train.Evaluator;
import org.ascend4j.trainer.train.TrainedModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ascend4j evaluate}. */
@Command(
        name = "evaluate",
        description = "Measures a checkpoint on test images: accuracy, a table by class and the confusion " + "matrix.",
        sortOptions = false,
        footer = {"", "Example: ./ascend4j evaluate --checkpoint runs/fast/best.ckpt --data cifar10"},
        mixinStandardHelpOptions = true)
@HelpGroup.In(HelpGroup.OUTPUT)
final class EvaluateCommand implements Runnable {
    private static final int MOST_BATCH = 1_000_000;

    @Spec
    private CommandSpec spec;

    @HelpGroup.In(HelpGroup.FIRST)
    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            required = true,
            description = "The checkpoint: last.ckpt or best.ckpt of a run.")
    private Path checkpoint;

    @Mixin
    private DataOptions dataOptions;

    @Mixin
    private DeviceOptions deviceOptions;

    @Mixin
    private ClassPathOptions classPath;

    @Mixin
    private TestTimeOptions testTimeOptions;

    @Option(
            names = "--eval-batch-size",
            paramLabel = "N",
            description = "Images per step (default: the value of the run).")
    private Integer batchSize;

    @Option(names = "--json", description = "Print JSON instead of tables.")
    private boolean json;

    @Option(names = "--confusion", paramLabel = "FILE", description = "Draw the confusion matrix as SVG.")
    private Path confusion;

    @Override
    public void run() {
        OptionRange.check(spec.commandLine(), "--eval-batch-size", batchSize, 1, MOST_BATCH);
        try (ModelPath models = classPath.open();
                DeviceBackend device = deviceOptions.open();
                TrainedModel trained = TrainedModel.open(checkpoint, device)) {
            RunDescription run = trained.run();
            ImageSet images = dataOptions
                    .source(dataOptions.data().orElse(run.data()), run.seed(), side(run), false)
                    .load(new ConsoleProgress())
                    .test();
            check(images, run);
            int batch = batchSize == null ? run.recipe().evalBatchSize() : batchSize;
            Recipe recipe = run.recipe().withEvaluation(testTimeOptions.settings(run.recipe()));
            try (Evaluator evaluator = new Evaluator(device, images, recipe, batch, Precision.FP32);
                    // Made only now, because nothing checks it while the data are loaded.
                    StopRequest stop = new StopRequest()) {
                Evaluation evaluation = evaluator.evaluate(trained.model(), stop::requested);
                if (evaluation != null) {
                    print(evaluation, images);
                }
            }
        }
    }

    /** Returns the side length of the training images, because the test images of another folder may have another size. */
    private static Integer side(RunDescription run) {
        Integer resize = run.recipe().input().resize();
        return resize == null && run.height() == run.width() ? Integer.valueOf(run.height()) : resize;
    }

    private void check(ImageSet images, RunDescription run) {
        if (!images.classNames().equals(run.classNames()) || images.channels() != run.channels()) {
            throw new Ascend4jException("checkpoint " + checkpoint + " expects " + run.channels()
                    + "-channel images of the classes [" + Printable.listOf(run.classNames()) + "], found "
                    + images.channels() + "-channel images of [" + Printable.listOf(images.classNames()) + "]");
        }
    }

    private void print(Evaluation evaluation, ImageSet images) {
        EvaluationReport report = EvaluationReport.of(null, evaluation, images);
        PrintWriter out = spec.commandLine().getOut();
        if (confusion != null) {
            ConfusionPicture.write(confusion, report);
        }
        if (json) {
            out.println(report.toJson());
        } else {
            print(evaluation, report, new ConfusionMatrix(evaluation, images.classNames()), out);
        }
        out.flush();
    }

    private static void print(Evaluation evaluation, EvaluationReport report, ConfusionMatrix matrix, PrintWriter out) {
        String topFive = report.topFiveAccuracy() == null
                ? ""
                : String.format(Locale.ROOT, ", top-5 %.2f%%", 100 * report.topFiveAccuracy());
        out.printf(
                Locale.ROOT,
                "Accuracy %.2f%% (%d of %d)%s, loss %.4f, %.1f s (%.0f img/s)%n%n%s%n%n%s%n",
                100 * evaluation.accuracy(),
                evaluation.hits(),
                evaluation.labels().length,
                topFive,
                evaluation.loss(),
                evaluation.seconds(),
                evaluation.labels().length / evaluation.seconds(),
                matrix.classTable(),
                matrix.table());
    }
}
