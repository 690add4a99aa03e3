package org.ascend4j.cli.certify;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ascend4j.device.DeviceBackend;

/** Compares a run that moves from the device to the CPU and back through checkpoints with an uninterrupted run. */
final class ResumeTrial implements Trial {
    private static final double BOUND = 2e-2;
    private static final int SEGMENT = 2;

    @Override
    public String name() {
        return "resume";
    }

    @Override
    public Outcome run(Candidate candidate) {
        ShapesRun run = new ShapesRun(candidate.batch(), SEGMENT + 1);
        List<DeviceBackend> devices = List.of(candidate.device(), candidate.cpu(), candidate.device());
        Path folder = candidate.output().resolve("resume");
        List<Double> moving = new ArrayList<>();
        Path checkpoint = null;
        int steps = 0;
        for (DeviceBackend device : devices) {
            steps += SEGMENT;
            moving.addAll(run.losses(device, steps, folder, checkpoint));
            checkpoint = folder.resolve("last.ckpt");
        }
        List<Double> straight =
                run.losses(candidate.device(), steps, candidate.output().resolve("resume-straight"), null);
        double difference = LossCurves.largestDifference(moving, straight);
        return new Outcome(
                        difference <= BOUND,
                        String.format(
                                Locale.ROOT,
                                "%d steps on %s, %d on the CPU, %d on %s: losses differ from an unbroken run's by at most"
                                        + " %.1e (bound %.0e)",
                                SEGMENT,
                                candidate.device().spec(),
                                SEGMENT,
                                SEGMENT,
                                candidate.device().spec(),
                                difference,
                                BOUND))
                .with("largest_relative_difference", difference)
                .with("bound", BOUND)
                .with("moving_losses", moving)
                .with("straight_losses", straight);
    }
}
