package org.ascend4j.cli.certify;

import java.util.Locale;
import java.util.Optional;
import org.ascend4j.cli.doctor.SampleTraining;
import org.ascend4j.device.Precision;
import org.ascend4j.runtime.MemoryUse;

/** Tests whether the device uses as much memory after many steps as after a few. */
final class MemoryTrial implements Trial {
    private static final int WARM_UP = 5;

    /** The host's figure covers the whole process, whose size the JVM changes independently. */
    private static final double HOST_TOLERANCE = 0.1;

    private static final double MIB = 1 << 20;

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public Outcome run(Candidate candidate) {
        try (SampleTraining training = new SampleTraining(candidate.device(), candidate.batch(), Precision.FP32)) {
            steps(training, WARM_UP);
            Optional<MemoryUse> before = use(candidate);
            steps(training, candidate.steps());
            Optional<MemoryUse> after = use(candidate);
            if (before.isEmpty() || after.isEmpty()) {
                return new Outcome(true, "the device does not report it");
            }
            long growth = after.get().used() - before.get().used();
            double tolerance =
                    candidate.device().isHost() ? HOST_TOLERANCE * before.get().used() : 0;
            return new Outcome(
                            growth <= tolerance,
                            String.format(
                                    Locale.ROOT,
                                    "%.1f MiB after %d steps, %+.1f MiB after %d more; peak %.1f of %.0f MiB",
                                    before.get().used() / MIB,
                                    WARM_UP,
                                    growth / MIB,
                                    candidate.steps(),
                                    after.get().peak() / MIB,
                                    after.get().total() / MIB))
                    .with("used_before", before.get().used())
                    .with("used_after", after.get().used())
                    .with("peak", after.get().peak())
                    .with("total", after.get().total());
        }
    }

    private static void steps(SampleTraining training, int count) {
        for (int i = 0; i < count; i++) {
            training.step();
        }
    }

    private static Optional<MemoryUse> use(Candidate candidate) {
        candidate.device().synchronize();
        return candidate.device().memory();
    }
}
