package org.ascend4j.trainer.data;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The classes of {@link ShapesSource} by label, each as a signed distance: negative inside, in units of the shape's radius, for points around the origin.
 *
 * @see <a href="https://iquilezles.org/articles/distfunctions2d/">2D distance functions</a>
 */
enum Shape {
    ARROW {
        private final Polygon outline =
                new Polygon(0.95, 0, 0.15, 0.75, 0.15, 0.3, -0.9, 0.3, -0.9, -0.3, 0.15, -0.3, 0.15, -0.75);

        @Override
        double distance(double x, double y) {
            return outline.distance(x, y);
        }
    },
    CIRCLE {
        @Override
        double distance(double x, double y) {
            return length(x, y) - 0.8;
        }
    },
    CRESCENT {
        @Override
        double distance(double x, double y) {
            return Math.max(length(x, y) - 0.9, 0.7 - length(x - 0.45, y));
        }
    },
    CROSS {
        @Override
        double distance(double x, double y) {
            return Math.min(box(x, y, 0.95, 0.3), box(x, y, 0.3, 0.95));
        }
    },
    FRAME {
        @Override
        double distance(double x, double y) {
            return Math.max(box(x, y, 0.75, 0.75), -box(x, y, 0.42, 0.42));
        }
    },
    HEART {
        @Override
        double distance(double x, double y) {
            double lobe = length(Math.abs(x) - 0.4, y - 0.3) - 0.55;
            double tip = (Math.abs(x) * 1.05 + Math.abs(y + 0.05) - 0.9) * 0.7;
            return Math.min(lobe, tip);
        }
    },
    RING {
        @Override
        double distance(double x, double y) {
            return Math.abs(length(x, y) - 0.65) - 0.2;
        }
    },
    SQUARE {
        @Override
        double distance(double x, double y) {
            return box(x, y, 0.7, 0.7);
        }
    },
    STAR {
        private final Polygon outline = Polygon.star(5, 1.0, 0.42);

        @Override
        double distance(double x, double y) {
            return outline.distance(x, y);
        }
    },
    TRIANGLE {
        private final Polygon outline = Polygon.star(3, 1.0, 0.5);

        @Override
        double distance(double x, double y) {
            return outline.distance(x, y);
        }
    };

    abstract double distance(double x, double y);

    /** Returns the class names in the order of the labels. */
    static List<String> names() {
        return Arrays.stream(values())
                .map(shape -> shape.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static double length(double x, double y) {
        return Math.sqrt(x * x + y * y);
    }

    private static double box(double x, double y, double halfWidth, double halfHeight) {
        return Math.max(Math.abs(x) - halfWidth, Math.abs(y) - halfHeight);
    }
}
