package org.ascend4j.trainer.recipe;

import java.util.List;

/**
 * How a trained network is fine-tuned.
 *
 * @param freeze the parts that keep their weights and statistics: names of parameters or modules, with {@code *} for any characters, or {@link #BACKBONE}
 * @param headLr the learning rate of the head, which replaces {@code lr} or, in a one-cycle schedule, {@code max_lr}; null for the same rate as the other weights
 * @since 0.1.0
 */
public record FineTuning(List<String> freeze, Double headLr) {
    /** All parameters except the head's. */
    public static final String BACKBONE = "backbone";

    /** No frozen parts, one learning rate. */
    static final FineTuning NONE = new FineTuning(List.of(), null);

    /** Checks the ranges. */
    public FineTuning {
        freeze = freeze == null ? List.of() : List.copyOf(freeze);
        freeze.forEach(pattern -> Range.name("fine_tuning.freeze", pattern));
        if (headLr != null) {
            Range.positive("fine_tuning.head_lr", headLr);
        }
    }
}
