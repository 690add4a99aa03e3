package org.ascend4j.optim.named;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.ascend4j.optim.Schedule;

/**
 * The registered schedules.
 *
 * @since 0.1.0
 */
public final class Schedules {
    /** The setting of every schedule for its number of epochs, if it differs from the run's. */
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

    /** Reads {@code type} and the settings of the schedule with that name. Throws an error for settings that no schedule has and for invalid values. */
    public static NamedSettings read(ObjectNode given) {
        return REGISTRY.read(given);
    }

    /** Creates the schedule that the settings describe. */
    public static Schedule create(NamedSettings settings, RunLength run) {
        return REGISTRY.factory(settings.type()).create(settings, run);
    }
}
