package org.ascend4j.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.ascend4j.Ascend4jException;
import org.ascend4j.FileErrors;
import org.ascend4j.cli.help.HelpGroup;
import org.ascend4j.trainer.export.Aipp;
import org.ascend4j.trainer.export.AtcCommand;
import org.ascend4j.trainer.export.ModelCard;
import org.ascend4j.trainer.export.Preprocessing;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The options for Ascend's ATC, which converts an ONNX model. */
@HelpGroup.In(HelpGroup.DEVICE)
final class AtcOptions {
    @Option(
            names = "--soc-version",
            paramLabel = "CHIP",
            description = "Chip for which the .om is compiled, such as Ascend910B4 or Ascend310P3 (default: this "
                    + "machine's first NPU, else Ascend910B4).")
    private String socVersion;

    @Option(
            names = "--batch",
            paramLabel = "N",
            split = ",",
            defaultValue = "1",
            description = "Batch size of the .om, or several sizes separated by commas, of which the program "
                    + "chooses one at run time (default: ${DEFAULT-VALUE}).")
    private List<Integer> batches;

    @Option(
            names = "--aipp",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Normalise in the hardware (AIPP), so that the .om takes bytes as N x height x width x "
                    + "channels (default: ${DEFAULT-VALUE}; never with --preprocessing inside).")
    private boolean aipp;

    /** Returns the ONNX file from which an .om file is made. */
    Path onnx(Path om) {
        return om.resolveSibling(om.getFileName().toString().replaceFirst("\\.om$", "") + ".onnx");
    }

    /** Prints the command that converts a model to an .om file. */
    void advise(CommandLine line, ModelCard card, Path onnx) {
        AtcCommand command = command(line, card, onnx);
        tell(line, "For Ascend, where CANN is: " + command.line());
    }

    /** Runs the command. */
    void run(CommandLine line, ModelCard card, Path onnx, Path om) {
        AtcCommand command = command(line, card, onnx);
        tell(line, command.line());
        int code;
        try {
            code = new ProcessBuilder(command.words()).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new Ascend4jException(
                    "--format om expects CANN's atc on PATH, found none; source CANN's set_env.sh, or run where it is: "
                            + command.line(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Ascend4jException("atc expects to end, found an interruption", e);
        }
        if (code != 0 || !Files.isRegularFile(command.om())) {
            throw new Ascend4jException("atc expects to write " + command.om() + ", found exit code " + code
                    + "; its lines above and $HOME/ascend/log show the reason");
        }
        move(command.om(), om);
        tell(line, om + ": for " + command.socVersion());
    }

    private static void move(Path from, Path to) {
        try {
            if (!from.equals(to)) {
                Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw FileErrors.cannotWrite(to, e);
        }
    }

    private AtcCommand command(CommandLine line, ModelCard card, Path onnx) {
        Path configuration = null;
        if (aipp && card.preprocessing() == Preprocessing.BESIDE) {
            String stem = onnx.getFileName().toString().replaceFirst("\\.onnx$", "");
            configuration = onnx.resolveSibling(stem + ".aipp.cfg");
            Aipp.write(configuration, card);
            tell(line, configuration + ": AIPP's normalisation of bytes");
        }
        String chip = socVersion == null ? NpuSmi.socVersion().orElse("Ascend910B4") : socVersion;
        return new AtcCommand(card, onnx, configuration, chip, batches);
    }

    private static void tell(CommandLine command, String line) {
        PrintWriter out = command.getOut();
        out.println(line);
        out.flush();
    }
}
