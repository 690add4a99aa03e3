package org.ascend4j.cli.certify;

import java.util.List;
import java.util.stream.IntStream;

/** Compares two sequences of losses, step by step. */
final class LossCurves {
    private LossCurves() {}

    /** Returns the largest relative difference; infinite if the lengths differ, NaN if a loss is not a number. */
    static double largestDifference(List<Double> losses, List<Double> expected) {
        if (losses.size() != expected.size()) {
            return Double.POSITIVE_INFINITY;
        }
        return IntStream.range(0, losses.size())
                .mapToDouble(i -> Math.abs(losses.get(i) - expected.get(i)) / Math.abs(expected.get(i)))
                .max()
                .orElse(Double.NaN);
    }
}
