package org.ascend4j.cli.doctor;

import java.util.Locale;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.Precision;

/**
 * How a training step on a device differs from the same step in fp32 on the CPU.
 *
 * @param loss the device's loss
 * @param referenceLoss the CPU's
 * @param update the relative Euclidean distance between both changes of all weights
 */
public record StepDifference(double loss, double referenceLoss, double update) {
    /** What fp32 may differ by: convolutions may round to HF32 (Ascend910B) or fp16 (Ascend910A), with 10 bits of fraction each. */
    public static final Bounds FP32 = new Bounds(5e-3, 5e-2);

    /** What fp16 with a scaled loss may differ by: 10 bits of fraction in every product. */
    public static final Bounds FP16 = new Bounds(1e-2, 1e-1);

    /** What bf16 may differ by: 7 bits of fraction. */
    public static final Bounds BF16 = new Bounds(5e-2, 3e-1);

    /**
     * What a difference may be.
     *
     * @param loss of the losses, relative
     * @param update of the updates, relative
     */
    public record Bounds(double loss, double update) {
        /** Returns the bounds of a precision. */
        public static Bounds of(Precision precision) {
            return switch (precision) {
                case FP32 -> FP32;
                case FP16 -> FP16;
                case BF16 -> BF16;
            };
        }
    }

    /** Runs one step on each device from equal weights and images. */
    public static StepDifference between(DeviceBackend device, DeviceBackend cpu, int batch, Precision precision) {
        try (SampleTraining here = new SampleTraining(device, batch, precision);
                SampleTraining there = new SampleTraining(cpu, batch, Precision.FP32)) {
            float[] before = there.weights();
            here.step();
            there.step();
            return new StepDifference(here.loss(), there.loss(), distance(before, here.weights(), there.weights()));
        }
    }

    /** Returns |a - b| / |b - before|. */
    static double distance(float[] before, float[] a, float[] b) {
        double difference = 0;
        double change = 0;
        for (int i = 0; i < before.length; i++) {
            double gap = (double) a[i] - b[i];
            double step = (double) b[i] - before[i];
            difference += gap * gap;
            change += step * step;
        }
        return Math.sqrt(difference / change);
    }

    /** Returns the relative difference of the losses. */
    public double lossDifference() {
        return Math.abs(loss - referenceLoss) / Math.abs(referenceLoss);
    }

    /** Returns whether the difference is within bounds; never for a result that is not a number. */
    public boolean isWithin(Bounds bounds) {
        return lossDifference() <= bounds.loss() && update <= bounds.update();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "loss %.6f, on the CPU %.6f (off by %.1e), update off by %.1e",
                loss,
                referenceLoss,
                lossDifference(),
                update);
    }
}
