package org.ascend4j.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ascend4j.cli.help.HelpGroup;
import org.ascend4j.trainer.model.Models;
import org.ascend4j.trainer.recipe.ModelSettings;
import org.ascend4j.trainer.recipe.Recipe;
import org.ascend4j.trainer.recipe.Recipes;
import picocli.CommandLine.Option;

/** The options for the recipe and its overrides. */
@HelpGroup.In(HelpGroup.TRAINING)
final class RecipeOptions {
    @HelpGroup.In(HelpGroup.FIRST)
    @Option(
            names = "--recipe",
            paramLabel = "NAME|FILE",
            description =
                    "A built-in recipe (ascend, ascend-verbatim, best, fashion, fast, quick or shapes) or a YAML file, "
                            + "which may extend a recipe (default: ascend; shapes with --data shapes).")
    private String recipe;

    @HelpGroup.In(HelpGroup.FIRST)
    @Option(names = "--epochs", paramLabel = "N", description = "Number of epochs.")
    private String epochs;

    @Option(names = "--batch-size", paramLabel = "N", description = "Images per training step.")
    private String batchSize;

    @Option(names = "--eval-batch-size", paramLabel = "N", description = "Images per evaluation step.")
    private String evalBatchSize;

    @Option(
            names = "--lr",
            paramLabel = "X",
            description = "Learning rate. In a one-cycle schedule it is the peak, unless --max-lr is given.")
    private String lr;

    @Option(names = "--max-lr", paramLabel = "X", description = "Peak learning rate of a one-cycle schedule.")
    private String maxLr;

    @Option(
            names = "--momentum",
            paramLabel = "X",
            description = "Momentum of SGD. A one-cycle schedule then keeps it constant.")
    private String momentum;

    @Option(names = "--weight-decay", paramLabel = "X", description = "Factor of the L2 penalty.")
    private String weightDecay;

    @Option(
            names = "--class-weights",
            paramLabel = "balanced|W1,W2,...",
            description = "Weights of the classes in the training loss, one number per class in the order of the "
                    + "labels; balanced: inversely proportional to the number of images.")
    private String classWeights;

    @Option(
            names = "--ema",
            paramLabel = "DECAY",
            description = "Evaluate and save an exponential moving average of the weights with this decay per step,"
                    + " such as 0.999.")
    private String ema;

    @Option(
            names = "--recalibrate-bn",
            paramLabel = "N",
            description = "Measure batch norm's running statistics on N training batches at the end of the last epoch.")
    private String recalibrateBn;

    @Option(
            names = TestTimeOptions.TTA,
            paramLabel = "none|flip|flip_shift",
            description =
                    "Copies of each image whose logits an evaluation averages. none: only the image; flip: also its"
                            + " mirror image; flip_shift: also both, shifted by one pixel; six times the work (default:"
                            + " the recipe's).")
    private String tta;

    @Option(
            names = "--precision",
            paramLabel = "fp32|fp16|bf16|auto",
            description = "Precision of the forward and backward pass; weights stay fp32. auto: bf16 on CPUs with "
                    + "bf16 multiplication, else fp32.")
    private String precision;

    @Option(
            names = "--set",
            paramLabel = "SETTING=VALUE",
            description = "Set any setting of the recipe, such as --set schedule.pct_start=0.2; may be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    /** Returns the requested recipe, or {@code fallback}, with all overrides applied. */
    Recipe resolve(ObjectNode fallback, Map<String, String> more) {
        ObjectNode tree = recipe == null ? fallback : Recipes.tree(recipe);
        Recipe resolved = Recipes.bind(Recipes.override(tree, overrides(more)));
        ModelSettings model = resolved.model();
        if (!model.isOpen()) {
            // The settings are checked here, before the data are loaded.
            Models.settings(Models.named(model.kind()), model.settings());
        }
        return resolved;
    }

    /** Returns the requested recipe's name or file; {@code fallback} without one. */
    String name(String fallback) {
        return recipe == null ? fallback : recipe;
    }

    /** Returns the settings that options change, by path; {@code --set} takes precedence over {@code more}, and that over the other options. */
    Map<String, String> overrides(Map<String, String> more) {
        Map<String, String> overrides = new LinkedHashMap<>();
        put(overrides, "epochs", epochs);
        put(overrides, "batch_size", batchSize);
        put(overrides, "eval_batch_size", evalBatchSize);
        put(overrides, "optimizer.lr", lr);
        put(overrides, "schedule.max_lr", maxLr == null ? lr : maxLr);
        put(overrides, "optimizer.momentum", momentum);
        put(overrides, "schedule.cycle_momentum", momentum == null ? null : "false");
        put(overrides, "optimizer.weight_decay", weightDecay);
        put(overrides, "class_weights", list(classWeights));
        put(overrides, "ema.decay", ema);
        put(overrides, "evaluation.recalibrate_bn", recalibrateBn);
        put(overrides, "evaluation.tta", tta);
        put(overrides, "precision", precision);
        overrides.putAll(more);
        overrides.putAll(settings);
        return overrides;
    }

    /** Numbers that are separated by commas, or a single one, are a list in YAML. */
    private static String list(String value) {
        return value != null && value.matches(".*[,0-9].*") ? "[" + value + "]" : value;
    }

    private static void put(Map<String, String> overrides, String setting, String value) {
        if (value != null) {
            overrides.put(setting, value);
        }
    }
}
