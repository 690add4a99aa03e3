package org.ascend4j.cli;

import org.ascend4j.cli.help.HelpGroup;
import org.ascend4j.trainer.recipe.EvaluationSettings;
import org.ascend4j.trainer.recipe.Recipe;
import picocli.CommandLine.Option;

/** The option for the test-time augmentation of a checkpoint. */
@HelpGroup.In(HelpGroup.OUTPUT)
final class TestTimeOptions {
    static final String TTA = "--tta";

    @Option(
            names = TTA,
            paramLabel = "none|flip|flip_shift",
            description = "Copies of each image whose logits are averaged. none: only the image; flip: also its mirror"
                    + " image; flip_shift: also both, shifted by one pixel; six times the work (default: as in"
                    + " the run).")
    private String tta;

    /** Returns whether the option is given. */
    boolean isGiven() {
        return tta != null;
    }

    /** Returns the requested settings, otherwise those of the run. */
    EvaluationSettings settings(Recipe recipe) {
        return tta == null ? recipe.evaluation() : recipe.evaluation().withTta(tta);
    }
}
