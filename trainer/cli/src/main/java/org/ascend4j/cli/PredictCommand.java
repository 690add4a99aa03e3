package org.ascend4j.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.ascend4j.Ascend4jException;
import org.ascend4j.Printable;
import org.ascend4j.cli.onnx.OnnxPredictor;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.trainer.data.ImageFile;
import org.ascend4j.trainer.model.ModelPath;
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
        description = "Says what images show, with probabilities.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class PredictCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ONNX_BATCH = 64;

    @Spec
    private CommandSpec spec;

    @Option(names = "--checkpoint", paramLabel = "FILE", description = "last.ckpt or best.ckpt of a run.")
    private Path checkpoint;

    @Option(
            names = "--model-file",
            paramLabel = "FILE",
            description =
                    "An .onnx file that export has written, in place of a checkpoint; ONNX Runtime computes, on the"
                            + " CPU.")
    private Path modelFile;

    @Parameters(
            paramLabel = "IMAGE",
            arity = "1..*",
            description = "Image files of any size: JPEG, PNG, GIF, BMP, TIFF, WebP, PPM, PGM, WBMP.")
    private List<Path> files;

    @Option(
            names = "--top",
            paramLabel = "N",
            defaultValue = "5",
            description = "Candidates an image (default: ${DEFAULT-VALUE}).")
    private int top;

    @Option(names = "--json", description = "Print one JSON object a line for each image.")
    private boolean json;

    @Mixin
    private DeviceOptions deviceOptions;

    @Mixin
    private ClassPathOptions classPath;

    @Override
    public Integer call() {
        OptionRange.check(spec.commandLine(), "--top", top, 1, Integer.MAX_VALUE);
        if ((checkpoint == null) == (modelFile == null)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "expected --checkpoint or --model-file, found " + (checkpoint == null ? "neither" : "both"));
        }
        try (ModelPath models = classPath.open();
                DeviceBackend device = deviceOptions.open()) {
            return (modelFile == null ? predictCheckpoint(device) : predictOnnx(device))
                    ? CommandLine.ExitCode.OK
                    : CommandLine.ExitCode.SOFTWARE;
        }
    }

    private boolean predictCheckpoint(DeviceBackend device) {
        try (TrainedModel trained = TrainedModel.open(checkpoint, device)) {
            return predict(
                    new Predictor(trained, device), trained.run().recipe().evalBatchSize());
        }
    }

    private boolean predictOnnx(DeviceBackend device) {
        if (!device.isHost()) {
            throw new Ascend4jException("--model-file expects --device cpu, found " + device.spec());
        }
        try (OnnxPredictor predictor = new OnnxPredictor(modelFile)) {
            return predict(predictor, ONNX_BATCH);
        }
    }

    private boolean predict(ImagePredictor predictor, int batch) {
        boolean allRead = true;
        for (int first = 0; first < files.size(); first += batch) {
            allRead &= predict(predictor, files.subList(first, Math.min(first + batch, files.size())));
        }
        return allRead;
    }

    /** Predicts what can be read, and tells what cannot; returns whether everything could. */
    private boolean predict(ImagePredictor predictor, List<Path> batch) {
        List<Path> read = new ArrayList<>();
        List<byte[]> images = new ArrayList<>();
        for (Path file : batch) {
            try {
                images.add(ImageFile.read(file, predictor.channels(), predictor.height(), predictor.width()));
                read.add(file);
            } catch (Ascend4jException e) {
                Main.tell(spec.commandLine(), e);
            }
        }
        if (!images.isEmpty()) {
            List<List<Candidate>> candidates = predictor.predict(images, top);
            for (int i = 0; i < read.size(); i++) {
                print(read.get(i), candidates.get(i));
            }
        }
        return read.size() == batch.size();
    }

    private void print(Path file, List<Candidate> candidates) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("image", file.toString());
            line.put("candidates", candidates);
            out.println(serialise(line));
        } else {
            out.println(file);
            candidates.forEach(candidate -> out.printf(
                    Locale.ROOT, "  %6.2f%%  %s%n", 100 * candidate.probability(), Printable.of(candidate.name())));
        }
        out.flush();
    }

    private static String serialise(Map<String, Object> line) {
        try {
            return JSON.writeValueAsString(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("prediction does not serialise", e);
        }
    }
}
