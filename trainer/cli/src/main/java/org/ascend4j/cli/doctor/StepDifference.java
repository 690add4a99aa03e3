package org.ascend4j.cli.doctor;

import java.util.Locale;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.Precision;

/**
 * The difference between a training step on a device and the same step in fp32 on the CPU.
 *
 * @param loss the device's loss
 * @param referenceLoss the CPU's loss
 * @param update the relative Euclidean distance between the two changes of all weights
 */
public record StepDifference(double loss, double referenceLoss, double update) {
    /** The allowed differences for fp32: convolutions may round to HF32 (Ascend910B) or fp16 (Ascend910A), with 10 fraction bits each. */
    public static final Bounds FP32 = new Bounds(5e-3, 5e-2);

    /** The allowed differences for fp16 with a scaled loss: 10 fraction bits in every product. */
    public static final Bounds FP16 = new Bounds(1e-2, 1e-1);

    /** The allowed differences for bf16: 7 fraction bits. */
    public static final Bounds BF16 = new Bounds(5e-2, 3e-1);

    /**
     * The limits of a difference.
     *
     * @param loss the limit of the relative difference of the losses
     * @param update the limit of the relative distance of the updates
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

    /** Runs one step on each device with equal weights and images. */
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

    /** Returns whether the difference is within bounds; false if a value is not a number. */
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
