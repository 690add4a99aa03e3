package org.ascend4j.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.DeviceSpec;
import org.ascend4j.device.Devices;
import org.ascend4j.device.Precision;
import org.junit.jupiter.api.Test;

class StepDifferenceTest {
    @Test
    void theDistanceIsRelativeToTheChange() {
        // |(3,4) - (0,4)| = 3 over |(0,4) - (0,-1)| = 5.
        assertThat(StepDifference.distance(new float[] {0, -1}, new float[] {3, 4}, new float[] {0, 4}))
                .isCloseTo(0.6, within(1e-12));
    }

    @Test
    void whatIsNotANumberIsNeverWithinBounds() {
        assertThat(new StepDifference(Double.NaN, 1, 0).isWithin(StepDifference.BF16))
                .isFalse();
        assertThat(new StepDifference(1, 1, Double.NaN).isWithin(StepDifference.BF16))
                .isFalse();
        assertThat(new StepDifference(1.004, 1, 0.04).isWithin(StepDifference.FP32))
                .isTrue();
        assertThat(new StepDifference(1.006, 1, 0.04).isWithin(StepDifference.FP32))
                .isFalse();
        assertThat(new StepDifference(1.004, 1, 0.06).isWithin(StepDifference.FP32))
                .isFalse();
    }

    /** Detects another seed, batch or learning rate: this is the step that doctor and certify compare. */
    @Test
    void aStepChangesTheWeightsTheSameWayTwice() {
        try (DeviceBackend cpu = Devices.open(DeviceSpec.parse("cpu"))) {
            StepDifference difference = StepDifference.between(cpu, cpu, 2, Precision.FP32);
            assertThat(difference.update()).isZero();
            assertThat(difference.lossDifference()).isZero();
            assertThat(difference.loss()).isBetween(0.5, 20.0);
        }
    }
}
