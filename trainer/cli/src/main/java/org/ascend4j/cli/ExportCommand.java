package org.ascend4j.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.ascend4j.Ascend4jException;
import org.ascend4j.cli.help.HelpGroup;
import org.ascend4j.cli.onnx.OnnxCheck;
import org.ascend4j.export.onnx.OnnxModel;
import org.ascend4j.runtime.TorchRuntime;
import org.ascend4j.trainer.export.ExportableModel;
import org.ascend4j.trainer.export.ModelCard;
import org.ascend4j.trainer.export.Preprocessing;
import org.ascend4j.trainer.model.ModelPath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ascend4j export}. */
@Command(
        name = "export",
        description = "Writes a checkpoint's model in the format of another runtime: ONNX, TorchScript, weights "
                + "alone, or Ascend's .om.",
        sortOptions = false,
        footer = {"", "Example: ./ascend4j export --checkpoint runs/fast/best.ckpt --format onnx"},
        mixinStandardHelpOptions = true)
@HelpGroup.In(HelpGroup.FIRST)
final class ExportCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            required = true,
            description = "The checkpoint: last.ckpt or best.ckpt of a run.")
    private Path checkpoint;

    @Option(
            names = "--format",
            paramLabel = "NAME",
            defaultValue = "onnx",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private ExportFormat format;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "The file to write; an existing file is replaced (default: beside the checkpoint).")
    private Path output;

    @Option(
            names = "--preprocessing",
            paramLabel = "NAME",
            defaultValue = "beside",
            description = "Where images are normalised. beside: by the caller, with the constants in the metadata; "
                    + "inside: in the model, which takes bytes from 0 to 255; inside-unit: in the model, which "
                    + "takes floats from 0 to 1 (default: ${DEFAULT-VALUE}).")
    private Preprocessing preprocessing;

    @Option(
            names = "--fold-batch-norm",
            description = "ONNX: fold batch norms into the weights of the convolutions before them.")
    private boolean foldBatchNorm;

    @Option(
            names = "--opset",
            paramLabel = "N",
            defaultValue = "13",
            description = "ONNX: version of the operator set, 11 to 13 (default: ${DEFAULT-VALUE}).")
    private int opset;

    @Mixin
    private AtcOptions atc;

    @Mixin
    private ClassPathOptions classPath;

    @Override
    public void run() {
        OptionRange.check(spec.commandLine(), "--opset", opset, 11, 13);
        boolean onnx = format == ExportFormat.ONNX || format == ExportFormat.OM;
        if (foldBatchNorm && !onnx) {
            throw new ParameterException(
                    spec.commandLine(), "--fold-batch-norm expects --format onnx or om, found " + format);
        }
        Path file = output == null ? format.beside(checkpoint) : output;
        check(file);
        TorchRuntime.load();
        try (ModelPath models = classPath.open();
                ExportableModel model = ExportableModel.open(checkpoint, preprocessing)) {
            switch (format) {
                case ONNX -> atc.advise(spec.commandLine(), model.card(), writeOnnx(model, file));
                case OM -> atc.run(spec.commandLine(), model.card(), writeOnnx(model, atc.onnx(file)), file);
                case TORCHSCRIPT -> {
                    model.writeTorchScript(file);
                    tell(file + ": TorchScript of " + described(model.card()));
                }
                default -> writeWeights(model, file);
            }
        }
    }

    private void writeWeights(ExportableModel model, Path file) {
        if (format == ExportFormat.PT) {
            model.writePt(file);
        } else {
            model.writeSafetensors(file);
        }
        tell(file + ": the weights of " + model.card().model());
    }

    private void check(Path file) {
        if (Files.isDirectory(file)) {
            throw new Ascend4jException("--output expects a file, found the folder " + file);
        }
        if (file.toAbsolutePath().normalize().equals(checkpoint.toAbsolutePath().normalize())) {
            throw new Ascend4jException("--output expects another file than the checkpoint, found " + file);
        }
    }

    private Path writeOnnx(ExportableModel model, Path file) {
        OnnxModel onnx = model.toOnnx(opset, foldBatchNorm);
        double difference = OnnxCheck.difference(model, onnx.bytes());
        onnx.write(file);
        tell(String.format(
                Locale.ROOT,
                "%s: %s, opset %d; ONNX Runtime's logits differ from ours by %.1e",
                file,
                described(model.card()),
                opset,
                difference));
        return file;
    }

    private static String described(ModelCard card) {
        String extents =
                Arrays.stream(card.modelInput()).mapToObj(Long::toString).collect(Collectors.joining("x"));
        String values = card.preprocessing() == Preprocessing.INSIDE ? "bytes" : "floats";
        return card.model() + " from " + ExportableModel.INPUT + " (Nx" + extents + " " + values + ") to "
                + ExportableModel.OUTPUT + " (Nx" + card.outputs() + ")";
    }

    private void tell(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
