package org.ascend4j.cli.certify;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.ascend4j.device.Capture;

/** Compares training steps that are recorded as a graph with the same steps launched operator by operator: losses and time. */
final class GraphTrial implements Trial {
    /** The first steps are not recorded, so that a short run would compare eager steps only. */
    private static final int LEAST_STEPS = 12;

    @Override
    public String name() {
        return "graph";
    }

    @Override
    public Outcome run(Candidate candidate) {
        Optional<String> obstacle = candidate.device().captureObstacle();
        if (obstacle.isPresent()) {
            return new Outcome(true, "steps cannot be recorded: " + obstacle.get()).with("supported", false);
        }
        int steps = Math.max(LEAST_STEPS, candidate.steps());
        ShapesRun run = new ShapesRun(candidate.batch(), steps);
        ShapesRun.Result eager = run.steps(candidate.device(), steps, folder(candidate, "eager"), Capture.OFF);
        ShapesRun.Result recorded = run.steps(candidate.device(), steps, folder(candidate, "recorded"), Capture.ON);
        boolean equal = eager.losses().equals(recorded.losses());
        return new Outcome(
                        equal,
                        String.format(
                                Locale.ROOT,
                                "%d recorded steps: losses %s those of eager steps; %.2f ms a step, eager %.2f ms, the first"
                                        + " steps included",
                                steps,
                                equal ? "equal" : "differ from",
                                1000 * recorded.seconds() / steps,
                                1000 * eager.seconds() / steps))
                .with("supported", true)
                .with("equal_to_the_bit", equal)
                .with("recorded_milliseconds_per_step", 1000 * recorded.seconds() / steps)
                .with("eager_milliseconds_per_step", 1000 * eager.seconds() / steps)
                .with("eager_losses", eager.losses())
                .with("recorded_losses", recorded.losses());
    }

    private static Path folder(Candidate candidate, String name) {
        return candidate.output().resolve("graph-" + name);
    }
}
