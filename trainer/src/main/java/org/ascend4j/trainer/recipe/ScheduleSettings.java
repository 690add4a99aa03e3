package org.ascend4j.trainer.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.ascend4j.optim.named.NamedSettings;
import org.ascend4j.optim.named.Schedules;

/**
 * How learning rate and momentum change from step to step: {@code type}, the name of a registered schedule,
 * {@code epochs}, the number of epochs that it covers, and its settings with torch's names and defaults.
 *
 * @param values the checked settings, including defaults
 * @since 0.1.0
 */
public record ScheduleSettings(NamedSettings values) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static ScheduleSettings of(ObjectNode tree) {
        return new ScheduleSettings(Schedules.read(tree));
    }

    @JsonValue
    ObjectNode tree() {
        return values.tree();
    }

    /** Returns the number of epochs that the schedule covers; null if it covers the run's epochs. */
    public Integer epochs() {
        return values.has(Schedules.EPOCHS) ? values.count(Schedules.EPOCHS) : null;
    }
}
