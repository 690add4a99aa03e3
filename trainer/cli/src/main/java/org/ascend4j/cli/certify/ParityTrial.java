package org.ascend4j.cli.certify;

import java.util.List;
import java.util.Locale;

/** Compares the trainer's losses on the device, step by step, with those on the CPU from the same seed. */
final class ParityTrial implements Trial {
    /** The rounding errors of HF32 and fp16 convolutions grow from step to step. */
    private static final double BOUND = 2e-2;

    private static final int BATCHES = 4;

    @Override
    public String name() {
        return "parity";
    }

    @Override
    public Outcome run(Candidate candidate) {
        ShapesRun run = new ShapesRun(candidate.batch(), BATCHES);
        List<Double> here = run.losses(
                candidate.device(), candidate.steps(), candidate.output().resolve("parity-device"), null);
        List<Double> there = run.losses(
                candidate.cpu(), candidate.steps(), candidate.output().resolve("parity-cpu"), null);
        double difference = LossCurves.largestDifference(here, there);
        return new Outcome(
                        difference <= BOUND,
                        String.format(
                                Locale.ROOT,
                                "%d steps: losses differ from the CPU's by at most %.1e (relative; bound %.0e)",
                                candidate.steps(),
                                difference,
                                BOUND))
                .with("largest_relative_difference", difference)
                .with("bound", BOUND)
                .with("device_losses", here)
                .with("cpu_losses", there);
    }
}
