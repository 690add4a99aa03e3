package org.ascend4j.cli.certify;

import java.util.List;
import java.util.Locale;

/** Tests whether the loss falls when the device trains repeatedly on a few images of shapes. */
final class LearningTrial implements Trial {
    private static final double SHARE = 0.9;
    private static final int STEPS_FACTOR = 3;

    @Override
    public String name() {
        return "training";
    }

    @Override
    public Outcome run(Candidate candidate) {
        int steps = STEPS_FACTOR * candidate.steps();
        List<Double> losses = new ShapesRun(candidate.batch(), 1)
                .losses(candidate.device(), steps, candidate.output().resolve("training"), null);
        double first = losses.get(0);
        double last = losses.get(losses.size() - 1);
        return new Outcome(
                        last < SHARE * first,
                        String.format(
                                Locale.ROOT,
                                "%d steps on one batch: loss from %.4f to %.4f (bound: %.0f %% of the first)",
                                steps,
                                first,
                                last,
                                100 * SHARE))
                .with("first_loss", first)
                .with("last_loss", last)
                .with("losses", losses);
    }
}
