package org.ascend4j.cli;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import org.ascend4j.cli.help.HelpGroup;
import org.ascend4j.trainer.checkpoint.CheckpointFolder;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options for the start of a run and its output folder. */
@HelpGroup.In(HelpGroup.OUTPUT)
final class ResumeOptions {
    static final String NAME = "--resume";
    static final String AUTO = "auto";

    private static final String NONE = "none";

    @HelpGroup.In(HelpGroup.FIRST)
    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "Folder for the results (default: runs/RECIPE-TIME; with --resume the folder of the "
                    + "checkpoint).")
    private Path output;

    @Option(
            names = "--" + ModelArtsOptions.OUTPUT,
            paramLabel = "DIR",
            description = "ModelArts' name for --output. --output takes precedence.")
    private Path modelArtsOutput;

    @HelpGroup.In(HelpGroup.FIRST)
    @Option(
            names = NAME,
            paramLabel = "FILE|auto|none",
            arity = "0..1",
            fallbackValue = AUTO,
            description = "Resume from a checkpoint with its recipe, data and seed, unless others are given. auto: "
                    + "from the newest whole checkpoint in --output, if there is one (default in ModelArts); "
                    + "none: start afresh.")
    private String resume;

    /** Rejects wrong usage. */
    void check(CommandLine command, boolean initialWeights) {
        boolean asked = command.getParseResult().hasMatchedOption(NAME);
        if (asked && AUTO.equals(resume) && output() == null) {
            throw new ParameterException(command, "--resume auto expects --output to name the run's folder");
        }
        if (initialWeights && resume != null && !resume.equals(AUTO) && !resume.equals(NONE)) {
            throw new ParameterException(
                    command,
                    "--init expects a fresh start, found --resume " + resume + ", which has weights of its own");
        }
        if (output() != null && output().toString().isBlank()) {
            throw new ParameterException(command, "--output expects a folder, found '" + output() + "'");
        }
    }

    /** Returns the folder requested by an option or by the platform; null without one. */
    Path output() {
        return output == null ? modelArtsOutput : output;
    }

    /** Returns the checkpoints of the requested folder; null without one. */
    CheckpointFolder checkpoints() {
        return output() == null ? null : new CheckpointFolder(output());
    }

    /** Returns the checkpoint to resume from; null for a fresh start. */
    Path checkpoint() {
        if (resume == null || resume.equals(NONE)) {
            return null;
        }
        if (!resume.equals(AUTO)) {
            return Path.of(resume);
        }
        CheckpointFolder checkpoints = checkpoints();
        return checkpoints == null ? null : checkpoints.newestWhole();
    }

    /** Returns the requested folder; without one, the folder of the {@code last.ckpt} to resume from; otherwise a new folder. */
    Path output(Path checkpoint, String recipe) {
        if (output() != null) {
            return output();
        }
        if (checkpoint != null && checkpoint.endsWith(CheckpointFolder.LAST)) {
            return checkpoint.toAbsolutePath().getParent();
        }
        return newFolder(recipe);
    }

    /** Returns a folder in {@code runs} with this name and the time. */
    static Path newFolder(String name) {
        String time = LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss"));
        return Path.of("runs", name + "-" + time);
    }
}
