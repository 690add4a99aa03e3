package org.ascend4j.trainer.recipe;

/**
 * How a trained network is evaluated and used for predictions.
 *
 * @param tta test-time augmentation: {@code none}, or {@code flip} for the mean of the logits of an image and its mirror image; null for {@code none}
 */
public record EvaluationSettings(String tta) {
    /** Evaluates images as they are. */
    public static final EvaluationSettings PLAIN = new EvaluationSettings(null);

    private static final String FLIP = "flip";

    /** Checks the name. */
    public EvaluationSettings {
        tta = tta == null ? "none" : tta;
        Range.oneOf("evaluation.tta", tta, "none", FLIP);
    }

    /** Returns whether the logits of mirrored images count as well. */
    public boolean mirrors() {
        return tta.equals(FLIP);
    }
}
