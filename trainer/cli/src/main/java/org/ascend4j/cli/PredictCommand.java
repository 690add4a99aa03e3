package org.ascend4j.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.ascend4j.Ascend4jException;
import org.ascend4j.cli.help.HelpGroup;
import org.ascend4j.cli.onnx.OnnxPredictor;
import org.ascend4j.cli.predict.Explanations;
import org.ascend4j.cli.predict.ImageArguments;
import org.ascend4j.cli.predict.PredictionFormat;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.trainer.model.ModelPath;
import org.ascend4j.trainer.recipe.Recipe;
import org.ascend4j.trainer.train.Explainer;
import org.ascend4j.trainer.train.ImagePredictor;
import org.ascend4j.trainer.train.Predictor;
import org.ascend4j.trainer.train.Predictor.Candidate;
import org.ascend4j.trainer.train.TrainedModel;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ascend4j predict}. */
@Command(
        name = "predict",
        description = "Classifies images and prints the most probable classes.",
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
    private static final int ONNX_BATCH = 64;

    @Spec
    private CommandSpec spec;

    @HelpGroup.In(HelpGroup.FIRST)
    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "The checkpoint: last.ckpt or best.ckpt of a run.")
    private Path checkpoint;

    @HelpGroup.In(HelpGroup.FIRST)
    @Option(
            names = "--model-file",
            paramLabel = "FILE",
            description = "An .onnx file written by export, used in place of a checkpoint; ONNX Runtime computes it "
                    + "on the CPU.")
    private Path modelFile;

    @Parameters(
            paramLabel = "IMAGE",
            arity = "1..*",
            description = "Image files of any size, folders of them, or - for one image on standard input: JPEG, "
                    + "PNG, GIF, BMP, TIFF, WebP, PPM, PGM, WBMP.")
    private List<String> arguments;

    @Option(
            names = "--top",
            paramLabel = "N",
            defaultValue = "5",
            description = "Number of classes printed per image (default: ${DEFAULT-VALUE}).")
    private int top;

    @Option(
            names = "--format",
            paramLabel = "text|jsonl|csv",
            defaultValue = "text",
            description = "Output format (default: ${DEFAULT-VALUE}).")
    private PredictionFormat format;

    @Option(names = "--json", description = "Same as --format jsonl.")
    private boolean json;

    @Option(
            names = "--explain",
            paramLabel = "DIR",
            description = "Write a PNG for each image that marks the areas which contribute to its most probable "
                    + "class (Grad-CAM).")
    private Path explain;

    @Mixin
    private DeviceOptions deviceOptions;

    @Mixin
    private ClassPathOptions classPath;

    @Mixin
    private TestTimeOptions testTimeOptions;

    private final ImageArguments images = new ImageArguments(System.in);

    @Override
    public Integer call() {
        OptionRange.check(spec.commandLine(), "--top", top, 1, Integer.MAX_VALUE);
        if ((checkpoint == null) == (modelFile == null)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "expected --checkpoint or --model-file, found " + (checkpoint == null ? "neither" : "both"));
        }
        if (modelFile != null && explain != null) {
            throw new ParameterException(spec.commandLine(), "--explain expects --checkpoint, found --model-file");
        }
        if (modelFile != null && testTimeOptions.isGiven()) {
            throw new ParameterException(
                    spec.commandLine(), TestTimeOptions.TTA + " expects --checkpoint, found --model-file");
        }
        List<String> names = images.names(arguments);
        try (ModelPath models = classPath.open();
                DeviceBackend device = deviceOptions.open()) {
            return (modelFile == null ? predictCheckpoint(device, names) : predictOnnx(device, names))
                    ? CommandLine.ExitCode.OK
                    : CommandLine.ExitCode.SOFTWARE;
        }
    }

    private boolean predictCheckpoint(DeviceBackend device, List<String> names) {
        try (TrainedModel trained = TrainedModel.open(checkpoint, device)) {
            Explanations explanations =
                    explain == null ? null : new Explanations(explain, new Explainer(trained, device));
            Recipe recipe = trained.run().recipe();
            return predict(
                    new Predictor(trained, device, testTimeOptions.settings(recipe)),
                    names,
                    recipe.evalBatchSize(),
                    explanations);
        }
    }

    private boolean predictOnnx(DeviceBackend device, List<String> names) {
        if (!device.isHost()) {
            throw new Ascend4jException("--model-file expects --device cpu, found " + device.spec());
        }
        try (OnnxPredictor predictor = new OnnxPredictor(modelFile)) {
            return predict(predictor, names, ONNX_BATCH, null);
        }
    }

    /** Predicts all images that can be read, batch by batch; returns whether all images could be read. */
    private boolean predict(ImagePredictor predictor, List<String> names, int batch, Explanations explanations) {
        PredictionFormat form = json ? PredictionFormat.JSONL : format;
        form.begin(spec.commandLine().getOut());
        boolean allRead = true;
        for (int first = 0; first < names.size(); first += batch) {
            List<String> some = names.subList(first, Math.min(first + batch, names.size()));
            List<Map.Entry<String, byte[]>> read = read(some, predictor);
            allRead &= read.size() == some.size();
            print(read, predictor, form, explanations);
        }
        return allRead;
    }

    /** Reads the images that can be read, and prints a message for each of the others. */
    private List<Map.Entry<String, byte[]>> read(List<String> names, ImagePredictor predictor) {
        List<Map.Entry<String, byte[]>> read = new ArrayList<>();
        for (String name : names) {
            try {
                read.add(Map.entry(name, images.read(name, predictor)));
            } catch (Ascend4jException e) {
                Main.tell(spec.commandLine(), e);
            }
        }
        return read;
    }

    private void print(
            List<Map.Entry<String, byte[]>> read,
            ImagePredictor predictor,
            PredictionFormat form,
            Explanations explanations) {
        if (read.isEmpty()) {
            return;
        }
        PrintWriter out = spec.commandLine().getOut();
        List<List<Candidate>> candidates =
                predictor.predict(read.stream().map(Map.Entry::getValue).toList(), top);
        for (int i = 0; i < read.size(); i++) {
            String name = read.get(i).getKey();
            form.print(out, name, candidates.get(i));
            if (explanations != null) {
                explanations.write(
                        name, read.get(i).getValue(), candidates.get(i).get(0).label());
            }
        }
        out.flush();
    }
}
