package org.ascend4j.trainer.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.ascend4j.optim.named.NamedSettings;
import org.ascend4j.optim.named.Optimizers;

/**
 * The optimiser of a recipe: {@code type}, the name of a registered optimiser, and its settings with torch's names and
 * defaults.
 *
 * @param values the checked settings, including defaults
 * @since 0.1.0
 */
public record OptimizerSettings(NamedSettings values) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static OptimizerSettings of(ObjectNode tree) {
        return new OptimizerSettings(Optimizers.read(tree));
    }

    @JsonValue
    ObjectNode tree() {
        return values.tree();
    }

    /** Returns the optimiser's name. */
    public String type() {
        return values.type();
    }
}
