package org.ascend4j.optim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.ascend4j.Ascend4jException;

/**
 * The 1cycle policy: the learning rate rises to its peak and then falls far below its start, while momentum changes in the opposite direction (<a
 * href="https://arxiv.org/abs/1708.07120">Super-Convergence</a>, with the semantics of torch.optim.lr_scheduler.OneCycleLR).
 *
 * <p>If a phase has no length, torch divides by zero; this class uses the value at the end of the phase.
 *
 * @since 0.1.0
 */
public final class OneCycle implements Schedule {
    /**
     * The interpolation between two values.
     *
     * @since 0.1.0
     */
    public enum Anneal {
        COS {
            @Override
            double between(double start, double end, double fraction) {
                return end + (start - end) / 2.0 * (StrictMath.cos(Math.PI * fraction) + 1);
            }
        },
        LINEAR {
            @Override
            double between(double start, double end, double fraction) {
                return (end - start) * fraction + start;
            }
        };

        abstract double between(double start, double end, double fraction);
    }

    /**
     * The shape of the cycle.
     *
     * @param totalSteps the number of steps in the cycle
     * @param startFraction the share of the steps during which the learning rate rises, torch's pct_start
     * @param anneal cosine or linear interpolation
     * @param cycleMomentum whether momentum changes in the opposite direction
     * @param divFactor the peak divided by the first learning rate
     * @param finalDivFactor the first learning rate divided by the last
     * @param threePhase whether to fall back to the first learning rate in as many steps as the rise took, and only then to the last one
     * @since 0.1.0
     */
    public record Shape(
            long totalSteps,
            double startFraction,
            Anneal anneal,
            boolean cycleMomentum,
            double divFactor,
            double finalDivFactor,
            boolean threePhase) {
        /** Checks the shape. */
        public Shape {
            if (totalSteps <= 0) {
                throw new Ascend4jException("one-cycle expects a positive number of steps, found " + totalSteps);
            }
            if (!(startFraction >= 0 && startFraction <= 1)) {
                throw new Ascend4jException(
                        "one-cycle expects a start fraction between 0 and 1, found " + startFraction);
            }
        }

        /** Returns torch's default shape for a number of steps. */
        public static Shape of(long totalSteps) {
            return new Shape(totalSteps, 0.3, Anneal.COS, true, 25, 1e4, false);
        }
    }

    /**
     * The extreme values of one group.
     *
     * @param maxLearningRate the learning rate at the peak
     * @param baseMomentum the momentum at the peak
     * @param maxMomentum the momentum at the start
     * @since 0.1.0
     */
    public record Peak(double maxLearningRate, double baseMomentum, double maxMomentum) {
        /** Returns a peak with torch's momenta, 0.85 and 0.95. */
        public static Peak of(double maxLearningRate) {
            return new Peak(maxLearningRate, 0.85, 0.95);
        }
    }

    private enum Point {
        INITIAL,
        PEAK,
        FINAL
    }

    private record Phase(double end, Point from, Point to) {}

    private final Shape shape;
    private final List<Peak> peaks;
    private final List<Phase> phases = new ArrayList<>();

    /** Creates a cycle with one peak per parameter group. */
    public OneCycle(Shape shape, List<Peak> peaks) {
        this.shape = shape;
        this.peaks = List.copyOf(peaks);
        double rise = shape.startFraction() * shape.totalSteps();
        phases.add(new Phase(rise - 1, Point.INITIAL, Point.PEAK));
        if (shape.threePhase()) {
            phases.add(new Phase(2 * shape.startFraction() * shape.totalSteps() - 2, Point.PEAK, Point.INITIAL));
        }
        phases.add(new Phase(shape.totalSteps() - 1, shape.threePhase() ? Point.INITIAL : Point.PEAK, Point.FINAL));
    }

    /** Returns a cycle in torch's default shape; {@code maxLearningRates} has one peak per parameter group. */
    public static OneCycle of(long totalSteps, double... maxLearningRates) {
        return new OneCycle(
                Shape.of(totalSteps),
                Arrays.stream(maxLearningRates).mapToObj(Peak::of).toList());
    }

    /** {@inheritDoc} Throws an error for steps beyond the cycle's end. */
    @Override
    public Settings at(long step, int group) {
        if (step > shape.totalSteps()) {
            throw new Ascend4jException("one-cycle was made for " + shape.totalSteps() + " steps, found step " + step);
        }
        int index = 0;
        double start = 0;
        while (index < phases.size() - 1 && step > phases.get(index).end()) {
            start = phases.get(index++).end();
        }
        Phase phase = phases.get(index);
        double length = phase.end() - start;
        double fraction = length == 0 ? 1 : (step - start) / length;
        Peak peak = peaks.get(group);
        double rate =
                shape.anneal().between(learningRate(peak, phase.from()), learningRate(peak, phase.to()), fraction);
        if (!shape.cycleMomentum()) {
            return new Settings(rate, OptionalDouble.empty());
        }
        double momentum = shape.anneal().between(momentum(peak, phase.from()), momentum(peak, phase.to()), fraction);
        return new Settings(rate, OptionalDouble.of(momentum));
    }

    private double learningRate(Peak peak, Point point) {
        double initial = peak.maxLearningRate() / shape.divFactor();
        return switch (point) {
            case INITIAL -> initial;
            case PEAK -> peak.maxLearningRate();
            case FINAL -> initial / shape.finalDivFactor();
        };
    }

    private static double momentum(Peak peak, Point point) {
        return point == Point.PEAK ? peak.baseMomentum() : peak.maxMomentum();
    }
}
