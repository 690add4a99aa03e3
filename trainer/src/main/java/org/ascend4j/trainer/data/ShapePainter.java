package org.ascend4j.trainer.data;

import java.util.SplittableRandom;

/**
 * Paints one image of {@link ShapesSource}: a large shape of random size, place, tilt and bright colour on a darker,
 * wavy background, with a little noise. One image in three is a negative.
 *
 * <p>A convolutional network learns the images within a minute on a CPU. A linear classifier on the pixels stays below
 * 60 %, because a negative has the opposite pixel values of its shape.
 */
final class ShapePainter {
    private static final int SIDE = ShapesSource.SIDE;
    private static final int AREA = SIDE * SIDE;
    private static final int CHANNELS = 3;
    private static final double MOST_BEHIND = 120;
    private static final double LEAST_CONTRAST = 100;
    private static final double MOST_TILT = Math.PI / 10;

    /** One image in this many is a negative. */
    private static final int NEGATIVES = 3;

    private final SplittableRandom random;
    private final double[] canvas = new double[CHANNELS * AREA];

    ShapePainter(SplittableRandom random) {
        this.random = random;
    }

    /** Paints {@code shape} into {@code pixels} from index {@code offset}: 3 x 32 x 32 values. */
    void paint(Shape shape, byte[] pixels, int offset) {
        double[] behind = colour(MOST_BEHIND);
        background(behind);
        double radius = between(12, 14);
        double margin = 0.95 * radius;
        place(shape, radius, between(margin, SIDE - margin), between(margin, SIDE - margin), brighter(behind));
        double noise = between(0, 12);
        boolean negative = random.nextInt(NEGATIVES) == 0;
        for (int i = 0; i < canvas.length; i++) {
            double value =
                    (negative ? 255 - canvas[i] : canvas[i]) + noise * (random.nextDouble() + random.nextDouble() - 1);
            pixels[offset + i] = (byte) Math.min(255, Math.max(0, (int) (value + 0.5)));
        }
    }

    /** Fills the canvas with a colour whose brightness varies as a wave in a random direction. */
    private void background(double[] colour) {
        double[] swell = {between(-20, 20), between(-20, 20), between(-20, 20)};
        double angle = between(0, 2 * Math.PI);
        double pace = between(0.05, 0.6);
        double phase = between(0, 2 * Math.PI);
        double dx = pace * StrictMath.cos(angle);
        double dy = pace * StrictMath.sin(angle);
        for (int i = 0; i < AREA; i++) {
            double wave = StrictMath.sin(phase + dx * (i % SIDE) + dy * (i / SIDE));
            for (int channel = 0; channel < CHANNELS; channel++) {
                canvas[channel * AREA + i] = colour[channel] + swell[channel] * wave;
            }
        }
    }

    private void place(Shape shape, double radius, double x, double y, double[] colour) {
        double angle = between(-MOST_TILT, MOST_TILT);
        double stretch = between(0.9, 1.1);
        double cos = StrictMath.cos(angle) / radius;
        double sin = StrictMath.sin(angle) / radius;
        fill(colour, (px, py) -> {
            double u = ((px - x) * cos + (py - y) * sin) * stretch;
            double v = ((py - y) * cos - (px - x) * sin) / stretch;
            return radius * shape.distance(u, v);
        });
    }

    /** A signed distance function, in pixels. */
    private interface Distance {
        double at(double x, double y);
    }

    private void fill(double[] colour, Distance distance) {
        for (int i = 0; i < AREA; i++) {
            double cover = Math.min(1, Math.max(0, 0.5 - distance.at(i % SIDE + 0.5, i / SIDE + 0.5)));
            if (cover > 0) {
                for (int channel = 0; channel < CHANNELS; channel++) {
                    int at = channel * AREA + i;
                    canvas[at] += cover * (colour[channel] - canvas[at]);
                }
            }
        }
    }

    private double[] brighter(double[] behind) {
        double[] colour = colour(255);
        while (brightness(colour) - brightness(behind) < LEAST_CONTRAST) {
            colour = colour(255);
        }
        return colour;
    }

    private static double brightness(double[] colour) {
        return (colour[0] + colour[1] + colour[2]) / CHANNELS;
    }

    private double[] colour(double most) {
        return new double[] {between(0, most), between(0, most), between(0, most)};
    }

    private double between(double least, double most) {
        return least + (most - least) * random.nextDouble();
    }
}
