package org.ascend4j.trainer.data;

import java.util.SplittableRandom;

/**
 * Paints one image of {@link ShapesSource}: a shape of random size, place, angle and colour between random blots, on a wavy background, with noise.
 *
 * <p>The shape may be lighter or darker than what is behind it and stands at any angle, so no pixel tells the class by itself.
 */
final class ShapePainter {
    private static final int SIDE = ShapesSource.SIDE;
    private static final int AREA = SIDE * SIDE;
    private static final int CHANNELS = 3;
    private static final double LEAST_CONTRAST = 70;

    private final SplittableRandom random;
    private final double[] canvas = new double[CHANNELS * AREA];

    ShapePainter(SplittableRandom random) {
        this.random = random;
    }

    /** Paints {@code shape} into {@code pixels} from {@code offset} on: 3 x 32 x 32. */
    void paint(Shape shape, byte[] pixels, int offset) {
        double[] behind = colour();
        background(behind);
        for (int blots = random.nextInt(4); blots > 0; blots--) {
            blot();
        }
        double radius = between(7, 12);
        double margin = 0.8 * radius;
        place(shape, radius, between(margin, SIDE - margin), between(margin, SIDE - margin), contrasting(behind));
        if (random.nextInt(3) == 0) {
            blot();
        }
        double noise = between(5, 30);
        for (int i = 0; i < canvas.length; i++) {
            double value = canvas[i] + noise * (random.nextDouble() + random.nextDouble() - 1);
            pixels[offset + i] = (byte) Math.min(255, Math.max(0, (int) (value + 0.5)));
        }
    }

    /** Fills the canvas with a colour that swells and fades along a random direction. */
    private void background(double[] colour) {
        double[] swell = {between(-40, 40), between(-40, 40), between(-40, 40)};
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

    /** Paints a small stroke that belongs to no class. */
    private void blot() {
        double halfLength = between(1, 7);
        double halfWidth = between(0.4, 1.3);
        double x = between(0, SIDE);
        double y = between(0, SIDE);
        double angle = between(0, Math.PI);
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        double[] colour = colour();
        fill(colour, (px, py) -> {
            double along = Math.abs((px - x) * cos + (py - y) * sin) - halfLength;
            double across = Math.abs((py - y) * cos - (px - x) * sin) - halfWidth;
            return Math.max(along, across);
        });
    }

    private void place(Shape shape, double radius, double x, double y, double[] colour) {
        double angle = between(0, 2 * Math.PI);
        double stretch = between(0.85, 1.18);
        double cos = StrictMath.cos(angle) / radius;
        double sin = StrictMath.sin(angle) / radius;
        fill(colour, (px, py) -> {
            double u = ((px - x) * cos + (py - y) * sin) * stretch;
            double v = ((py - y) * cos - (px - x) * sin) / stretch;
            return radius * shape.distance(u, v);
        });
    }

    /** A signed distance in pixels. */
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

    private double[] contrasting(double[] behind) {
        double[] colour = colour();
        while (Math.abs(brightness(colour) - brightness(behind)) < LEAST_CONTRAST) {
            colour = colour();
        }
        return colour;
    }

    private static double brightness(double[] colour) {
        return (colour[0] + colour[1] + colour[2]) / CHANNELS;
    }

    private double[] colour() {
        return new double[] {between(0, 255), between(0, 255), between(0, 255)};
    }

    private double between(double least, double most) {
        return least + (most - least) * random.nextDouble();
    }
}
