package org.ascend4j.trainer.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.ascend4j.optim.named.NamedSettings;
import org.ascend4j.optim.named.Schedules;

/**
 * How learning rate and momentum change from step to step: {@code type}, the name of a registered schedule, {@code epochs}, which it is laid out for, and its
 * settings with torch's names and defaults.
 *
 * @param values checked, the defaults filled in
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

    /** Returns the epochs that the schedule spans where these are not the run's own; else null. */
    public Integer epochs() {
        return values.has(Schedules.EPOCHS) ? values.count(Schedules.EPOCHS) : null;
    }
}
