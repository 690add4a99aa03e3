package org.ascend4j.trainer.recipe;

/**
 * How a trained network is evaluated and used for predictions.
 *
 * @param tta test-time augmentation: {@code none}, {@code flip} for the mean of the logits of an image and its mirror image, or {@code flip_shift} for
 *     those of images that are moved by a pixel too; null for {@code none}
 * @param recalibrateBn the number of training batches on which the running statistics of batch norm are measured anew at the end of training; 0 to keep them
 * @since 0.1.0
 */
public record EvaluationSettings(String tta, int recalibrateBn) {
    /** Evaluates images as they are. */
    public static final EvaluationSettings PLAIN = new EvaluationSettings(null, 0);

    private static final String FLIP = "flip";
    private static final String FLIP_SHIFT = "flip_shift";

    /** Checks the name. */
    public EvaluationSettings {
        tta = tta == null ? "none" : tta;
        Range.atLeast("evaluation.recalibrate_bn", recalibrateBn, 0);
        Range.oneOf("evaluation.tta", tta, "none", FLIP, FLIP_SHIFT);
    }

    /** Returns these settings with another test-time augmentation. */
    public EvaluationSettings withTta(String value) {
        return new EvaluationSettings(value, recalibrateBn);
    }

    /** Returns whether the logits of mirrored images count as well. */
    public boolean mirrors() {
        return !tta.equals("none");
    }

    /** Returns whether the logits of moved images count as well. */
    public boolean shifts() {
        return tta.equals(FLIP_SHIFT);
    }
}
