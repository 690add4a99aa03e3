package org.ascend4j.optim.named;

import org.ascend4j.optim.Schedule;

/** Makes schedules of one name; a line in {@code META-INF/services} registers it. */
public interface ScheduleFactory extends NamedFactory {
    /**
     * Makes a schedule.
     *
     * @param settings values of all {@link #settings}, checked
     * @param run what the schedule is for
     */
    Schedule create(NamedSettings settings, RunLength run);
}
