package org.ascend4j.trainer.input;

import java.util.List;
import org.ascend4j.Ascend4jException;

/**
 * Per-channel normalisation of images in [0, 1]: {@code (x - mean) / std}, as torchvision's {@code Normalize}.
 *
 * @param mean one value per channel; empty for no normalisation
 * @param std one positive value per channel
 * @since 0.1.0
 */
public record Normalization(List<Double> mean, List<Double> std) {
    /** Leaves images unchanged in [0, 1]. */
    public static final Normalization NONE = new Normalization(List.of(), List.of());

    /** The Ascend tutorial's constants for CIFAR-10. */
    public static final Normalization CIFAR10 =
            new Normalization(List.of(0.4914, 0.4822, 0.4465), List.of(0.2023, 0.1994, 0.2010));

    /** Checks the values. */
    public Normalization {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        if (mean.size() != std.size()) {
            throw new Ascend4jException("normalisation expects as many standard deviations as means, found "
                    + std.size() + " and " + mean.size());
        }
        if (std.stream().anyMatch(value -> !(value > 0))) {
            throw new Ascend4jException("normalisation expects positive standard deviations, found " + std);
        }
    }

    /** Returns whether the normalisation changes nothing. */
    public boolean isIdentity() {
        return mean.isEmpty();
    }
}
