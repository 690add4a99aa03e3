package org.ascend4j.trainer.input;

import org.ascend4j.Ascend4jException;

/**
 * The strengths of random colours: torchvision's {@code ColorJitter}, with the changes always in the order of these settings.
 *
 * @param brightness images are multiplied by a number from 1 - brightness to 1 + brightness, which is not negative
 * @param contrast the range, in the same way, of the factor of the distances from the image's mean grey value
 * @param saturation that of the distances from each pixel's grey value
 * @param hue the colours turn by up to this share of the circle in either direction, 0 to 0.5
 * @since 0.1.0
 */
public record ColorJitter(double brightness, double contrast, double saturation, double hue) {
    /** Checks the ranges. */
    public ColorJitter {
        require("brightness", brightness, Double.MAX_VALUE);
        require("contrast", contrast, Double.MAX_VALUE);
        require("saturation", saturation, Double.MAX_VALUE);
        require("hue", hue, 0.5);
    }

    private static void require(String name, double value, double most) {
        if (!(value >= 0 && value <= most)) {
            throw new Ascend4jException("input.color_jitter." + name + " expects "
                    + (most < 1 ? "0 to " + most : "a number that is not negative") + ", found " + value);
        }
    }
}
