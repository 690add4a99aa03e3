package org.ascend4j.cli.certify;

import java.util.Arrays;
import java.util.Locale;
import org.ascend4j.cli.doctor.SampleTraining;
import org.ascend4j.device.Precision;

/** Tests whether the same steps give the same weights twice: bit for bit, or at least closely. */
final class DeterminismTrial implements Trial {
    /** Sums in another order differ in the last bits; over a few steps this difference stays small. */
    private static final double BOUND = 1e-3;

    private static final int STEPS = 3;

    @Override
    public String name() {
        return "determinism";
    }

    @Override
    public Outcome run(Candidate candidate) {
        float[] first = weights(candidate);
        float[] second = weights(candidate);
        boolean equal = Arrays.equals(first, second);
        double difference = distance(first, second);
        return new Outcome(
                        difference <= BOUND,
                        String.format(
                                Locale.ROOT,
                                "%d steps twice: weights %s (relative distance %.1e, bound %.0e)",
                                STEPS,
                                equal ? "equal to the bit" : "differ",
                                difference,
                                BOUND))
                .with("equal_to_the_bit", equal)
                .with("relative_distance", difference)
                .with("bound", BOUND);
    }

    private static float[] weights(Candidate candidate) {
        try (SampleTraining training = new SampleTraining(candidate.device(), candidate.batch(), Precision.FP32)) {
            for (int i = 0; i < STEPS; i++) {
                training.step();
            }
            return training.weights();
        }
    }

    private static double distance(float[] a, float[] b) {
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < a.length; i++) {
            difference += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
            norm += (double) b[i] * b[i];
        }
        return Math.sqrt(difference / norm);
    }
}
