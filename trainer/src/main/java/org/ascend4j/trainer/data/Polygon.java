package org.ascend4j.trainer.data;

/** A closed polygon with its signed distance. */
final class Polygon {
    private final double[] x;
    private final double[] y;

    /** Makes a polygon from its corners, given as alternating x and y. */
    Polygon(double... corners) {
        x = new double[corners.length / 2];
        y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = corners[2 * i];
            y[i] = corners[2 * i + 1];
        }
    }

    /** Returns a star whose corners are at alternating distances {@code outer} and {@code inner} from the origin. */
    static Polygon star(int points, double outer, double inner) {
        double[] corners = new double[4 * points];
        for (int i = 0; i < 2 * points; i++) {
            double angle = Math.PI * i / points;
            double radius = i % 2 == 0 ? outer : inner;
            // StrictMath gives the same result on every machine; Math may not.
            corners[2 * i] = radius * StrictMath.cos(angle);
            corners[2 * i + 1] = radius * StrictMath.sin(angle);
        }
        return new Polygon(corners);
    }

    /** Returns the distance to the nearest edge, negative inside the polygon (even-odd rule). */
    double distance(double px, double py) {
        double nearest = Double.MAX_VALUE;
        boolean inside = false;
        for (int i = 0, j = x.length - 1; i < x.length; j = i++) {
            double ex = x[j] - x[i];
            double ey = y[j] - y[i];
            double wx = px - x[i];
            double wy = py - y[i];
            double along = Math.min(1, Math.max(0, (wx * ex + wy * ey) / (ex * ex + ey * ey)));
            double dx = wx - ex * along;
            double dy = wy - ey * along;
            nearest = Math.min(nearest, dx * dx + dy * dy);
            if (y[i] > py != y[j] > py && px < (x[j] - x[i]) * (py - y[i]) / (y[j] - y[i]) + x[i]) {
                inside = !inside;
            }
        }
        return inside ? -Math.sqrt(nearest) : Math.sqrt(nearest);
    }
}
