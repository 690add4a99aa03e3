package org.ascend4j.optim.named;

import org.ascend4j.optim.Schedule;

/**
 * Creates the schedules with one name; a line in {@code META-INF/services} registers it.
 *
 * @since 0.1.0
 */
public interface ScheduleFactory extends NamedFactory {
    /**
     * Creates a schedule.
     *
     * @param settings validated values of all {@link #settings}
     * @param run the run for which the schedule is created
     */
    Schedule create(NamedSettings settings, RunLength run);
}
