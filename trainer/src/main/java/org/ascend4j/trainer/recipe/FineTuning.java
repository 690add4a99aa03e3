package org.ascend4j.trainer.recipe;

import java.util.List;

/**
 * How a network that was trained before is trained further.
 *
 * @param freeze which parts keep their weights and statistics: names of parameters or modules, with {@code *} for any characters, or {@link #BACKBONE}
 * @param headLr the learning rate of the head where the others have {@code lr}, or {@code max_lr} of a one-cycle schedule; null for the same one
 */
public record FineTuning(List<String> freeze, Double headLr) {
    /** Everything but the head. */
    public static final String BACKBONE = "backbone";

    /** Nothing frozen, one learning rate. */
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
