package org.ascend4j.cli.certify;

import java.util.Locale;
import org.ascend4j.cli.doctor.SampleTraining;
import org.ascend4j.device.Precision;

/** Measures images per second of training steps on a resident batch; the device is idle before and after. */
final class SpeedTrial implements Trial {
    private static final int WARM_UP = 5;

    private final Precision precision;

    SpeedTrial(Precision precision) {
        this.precision = precision;
    }

    @Override
    public String name() {
        return "speed " + precision.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Outcome run(Candidate candidate) {
        if (!candidate.device().precisions().contains(precision)) {
            return new Outcome(true, "not a precision of this device").with("supported", false);
        }
        try (SampleTraining training = new SampleTraining(candidate.device(), candidate.batch(), precision)) {
            seconds(candidate, training, WARM_UP);
            double seconds = seconds(candidate, training, candidate.steps());
            double rate = candidate.steps() * candidate.batch() / seconds;
            boolean finite = Double.isFinite(training.loss());
            return new Outcome(
                            finite,
                            String.format(
                                    Locale.ROOT,
                                    "%.0f images/s (batch %d, %d steps, %.2f ms each)%s",
                                    rate,
                                    candidate.batch(),
                                    candidate.steps(),
                                    1000 * seconds / candidate.steps(),
                                    finite ? "" : ", but the loss is not finite"))
                    .with("supported", true)
                    .with("images_per_second", rate)
                    .with("milliseconds_per_step", 1000 * seconds / candidate.steps())
                    .with("steps", candidate.steps())
                    .with("batch", candidate.batch());
        }
    }

    private static double seconds(Candidate candidate, SampleTraining training, int steps) {
        candidate.device().synchronize();
        long start = System.nanoTime();
        for (int i = 0; i < steps; i++) {
            training.step();
        }
        candidate.device().synchronize();
        return (System.nanoTime() - start) / 1e9;
    }
}
