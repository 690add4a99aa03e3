package org.ascend4j.cli;

import org.ascend4j.cli.help.HelpGroup;
import org.ascend4j.trainer.checkpoint.RunDescription;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What a run is judged by after its epochs, and when it ends early. */
@HelpGroup.In(HelpGroup.TRAINING)
final class ValidationOptions {
    private static final String PATIENCE = "--patience";

    @Option(
            names = "--validate",
            paramLabel = "SHARE|split|FOLDER",
            description = "Select the best epoch by validation images and evaluate the test images once, at the "
                    + "end. SHARE: this share of the training images of each class, such as 0.1; split: the "
                    + "folder val, valid or validation beside train and test; FOLDER: a folder with one folder "
                    + "per class.")
    private String validate;

    @Option(
            names = PATIENCE,
            paramLabel = "N",
            description = "Stop after N epochs in a row without a better accuracy; 0: never (default).")
    private Integer patience;

    @Option(names = "--no-eval", description = "Disable the evaluation after each epoch.")
    private boolean noEval;

    /** Refuses wrong usage. */
    void check(CommandLine command) {
        OptionRange.check(command, PATIENCE, patience, 0, Integer.MAX_VALUE);
        if (noEval && (validate != null || patience != null && patience > 0)) {
            throw new ParameterException(
                    command,
                    (validate != null ? "--validate" : PATIENCE) + " expects evaluations, found --no-eval beside it");
        }
    }

    /** Returns whether epochs are evaluated. */
    boolean evaluates() {
        return !noEval;
    }

    /** Returns where validation images come from: as asked for, else as in the resumed run ({@code saved}, null without one); null for none. */
    String validation(RunDescription saved) {
        return validate != null || saved == null ? validate : saved.validation();
    }

    /** Returns the patience asked for, else the resumed run's; 0 for none. */
    int patience(RunDescription saved) {
        if (patience != null) {
            return patience;
        }
        return noEval || saved == null || saved.patience() == null ? 0 : saved.patience();
    }
}
