package org.ascend4j.optim.named;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.ascend4j.optim.Schedule;

/** The schedules that are registered. */
public final class Schedules {
    /** How many epochs a schedule is laid out for, where these are others than the run's; of every schedule. */
    public static final String EPOCHS = "epochs";

    private static final Registry<ScheduleFactory> REGISTRY = new Registry<>(
            "schedule",
            ScheduleFactory.class,
            List.of(Setting.count(EPOCHS, 1, 1).optional()));

    private Schedules() {}

    /** Returns the registered names. */
    public static List<String> names() {
        return REGISTRY.names();
    }

    /** Reads settings: {@code type} and what the schedule of that name knows; refuses what none knows and what does not fit. */
    public static NamedSettings read(ObjectNode given) {
        return REGISTRY.read(given);
    }

    /** Makes the schedule that the settings describe. */
    public static Schedule create(NamedSettings settings, RunLength run) {
        return REGISTRY.factory(settings.type()).create(settings, run);
    }
}
