package org.ascend4j.trainer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.distributed.RankGroup;
import org.ascend4j.trainer.train.TinyRun;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Tests how many steps are read at once. */
class StepResultsTest {
    @AutoClose
    private static final DeviceBackend CPU = TinyRun.cpu();

    private static final RankShare NO_IMAGES =
            new RankShare(TinyRun.shapes().train(), null, 0, RankGroup.alone().rank());

    private long now;

    @Test
    void fastStepsAreReadTogether() {
        assertThat(readings(103, 50, 20)).containsExactly(1, 50, 50, 2);
    }

    @Test
    void slowStepsAreReadBeforeWhoAskedToStopLosesPatience() {
        // Two of these steps fit into five seconds.
        assertThat(readings(7, 50, 2400)).containsExactly(1, 2, 2, 2);
        assertThat(readings(3, 50, 60_000)).containsExactly(1, 1, 1);
    }

    @Test
    void aHostReadsEachStep() {
        assertThat(readings(3, 1, 20)).containsExactly(1, 1, 1);
    }

    /** Returns the number of steps of each reading, for steps that take {@code millis} and have no images. */
    private List<Integer> readings(int steps, int capacity, long millis) {
        List<Integer> readings = new ArrayList<>();
        try (StepResults results = new StepResults(CPU.device(), capacity, 8, 8, RankGroup.alone(), () -> now)) {
            for (int number = 1; number <= steps; number++) {
                results.begin();
                now += TimeUnit.MILLISECONDS.toNanos(millis);
                results.add(new StepResults.Step(number, 0.1, 0.9, 0, 0));
                if (results.isFull() || number == steps) {
                    readings.add(results.read(NO_IMAGES, false).size());
                    // An evaluation or a checkpoint between steps is not part of a step.
                    now += TimeUnit.HOURS.toNanos(1);
                }
            }
        }
        return readings;
    }
}
