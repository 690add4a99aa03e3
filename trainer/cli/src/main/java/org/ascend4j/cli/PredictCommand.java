package org.ascend4j.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.ascend4j.Ascend4jException;
import org.ascend4j.cli.help.HelpGroup;
import org.ascend4j.cli.predict.Explanations;
import org.ascend4j.cli.predict.ImageArguments;
import org.ascend4j.cli.predict.PredictionFormat;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.trainer.checkpoint.RunDescription;
import org.ascend4j.trainer.model.ModelPath;
import org.ascend4j.trainer.train.Explainer;
import org.ascend4j.trainer.train.Predictor;
import org.ascend4j.trainer.train.Predictor.Candidate;
import org.ascend4j.trainer.train.TrainedModel;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ascend4j predict}. */
@Command(
        name = "predict",
        description = "Says what images show, with probabilities.",
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  ./ascend4j predict --checkpoint runs/fast/best.ckpt photograph.jpg",
            "  ./ascend4j predict --checkpoint runs/fast/best.ckpt --format csv --top 3 folder > predictions.csv"
        },
        mixinStandardHelpOptions = true)
@HelpGroup.In(HelpGroup.OUTPUT)
final class PredictCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @HelpGroup.In(HelpGroup.FIRST)
    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            required = true,
            description = "last.ckpt or best.ckpt of a run.")
    private Path checkpoint;

    @Parameters(
            paramLabel = "IMAGE",
            arity = "1..*",
            description = "Image files of any size, folders of them, or - for one on standard input: JPEG, PNG, GIF,"
                    + " BMP, TIFF, WebP, PPM, PGM, WBMP.")
    private List<String> arguments;

    @Option(
            names = "--top",
            paramLabel = "N",
            defaultValue = "5",
            description = "Candidates an image (default: ${DEFAULT-VALUE}).")
    private int top;

    @Option(
            names = "--format",
            paramLabel = "text|jsonl|csv",
            defaultValue = "text",
            description = "How predictions are printed (default: ${DEFAULT-VALUE}).")
    private PredictionFormat format;

    @Option(names = "--json", description = "The same as --format jsonl.")
    private boolean json;

    @Option(
            names = "--explain",
            paramLabel = "DIR",
            description = "Write for each image a PNG that shows what speaks for its most probable class (Grad-CAM).")
    private Path explain;

    @Mixin
    private DeviceOptions deviceOptions;

    @Mixin
    private ClassPathOptions classPath;

    @Override
    public Integer call() {
        OptionRange.check(spec.commandLine(), "--top", top, 1, Integer.MAX_VALUE);
        PredictionFormat form = json ? PredictionFormat.JSONL : format;
        ImageArguments images = new ImageArguments(System.in);
        List<String> names = images.names(arguments);
        boolean allRead = true;
        try (ModelPath models = classPath.open();
                DeviceBackend device = deviceOptions.open();
                TrainedModel trained = TrainedModel.open(checkpoint, device)) {
            Predictor predictor = new Predictor(trained, device);
            Explanations explanations =
                    explain == null ? null : new Explanations(explain, new Explainer(trained, device));
            form.begin(spec.commandLine().getOut());
            int batch = trained.run().recipe().evalBatchSize();
            for (int first = 0; first < names.size(); first += batch) {
                List<Map.Entry<String, byte[]>> read =
                        read(images, names.subList(first, Math.min(first + batch, names.size())), trained.run());
                allRead &= read.size() == Math.min(batch, names.size() - first);
                print(read, predictor, form, explanations);
            }
        }
        return allRead ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    /** Reads what can be read, and tells what cannot. */
    private List<Map.Entry<String, byte[]>> read(ImageArguments images, List<String> names, RunDescription run) {
        List<Map.Entry<String, byte[]>> read = new ArrayList<>();
        for (String name : names) {
            try {
                read.add(Map.entry(name, images.read(name, run)));
            } catch (Ascend4jException e) {
                Main.tell(spec.commandLine(), e);
            }
        }
        return read;
    }

    private void print(
            List<Map.Entry<String, byte[]>> images,
            Predictor predictor,
            PredictionFormat form,
            Explanations explanations) {
        if (images.isEmpty()) {
            return;
        }
        PrintWriter out = spec.commandLine().getOut();
        List<List<Candidate>> candidates =
                predictor.predict(images.stream().map(Map.Entry::getValue).toList(), top);
        for (int i = 0; i < images.size(); i++) {
            String name = images.get(i).getKey();
            form.print(out, name, candidates.get(i));
            if (explanations != null) {
                explanations.write(
                        name, images.get(i).getValue(), candidates.get(i).get(0).label());
            }
        }
        out.flush();
    }
}
