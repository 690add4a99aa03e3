package org.ascend4j.cli.certify;

import java.util.Locale;
import org.ascend4j.cli.doctor.StepDifference;
import org.ascend4j.device.Precision;

/** Compares one step in a precision with the same step in fp32 on the CPU. */
final class PrecisionTrial implements Trial {
    private static final int LARGEST_BATCH = 32;

    private final Precision precision;

    PrecisionTrial(Precision precision) {
        this.precision = precision;
    }

    @Override
    public String name() {
        return "precision " + precision.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Outcome run(Candidate candidate) {
        if (!candidate.device().precisions().contains(precision)) {
            return new Outcome(true, "not a precision of this device").with("supported", false);
        }
        StepDifference.Bounds bounds = StepDifference.Bounds.of(precision);
        int batch = Math.min(candidate.batch(), LARGEST_BATCH);
        StepDifference difference = StepDifference.between(candidate.device(), candidate.cpu(), batch, precision);
        return new Outcome(
                        difference.isWithin(bounds),
                        String.format(
                                Locale.ROOT, "%s; bounds %.0e and %.0e", difference, bounds.loss(), bounds.update()))
                .with("supported", true)
                .with("loss", difference.loss())
                .with("cpu_loss", difference.referenceLoss())
                .with("loss_difference", difference.lossDifference())
                .with("update_difference", difference.update())
                .with("loss_bound", bounds.loss())
                .with("update_bound", bounds.update());
    }
}
