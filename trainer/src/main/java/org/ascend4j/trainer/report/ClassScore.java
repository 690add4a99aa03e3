package org.ascend4j.trainer.report;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The scores of one class; a score is 0 if its divisor is 0.
 *
 * @param name the class
 * @param images number of images of the class (its support)
 * @param precision the share of correct predictions among the predictions of this class, 0 to 1
 * @param recall the share of the images of this class that were recognised, 0 to 1
 * @param f1 the harmonic mean of both
 * @since 0.1.0
 */
public record ClassScore(String name, int images, double precision, double recall, double f1) {
    static ClassScore of(String name, int images, int predicted, int hits) {
        double precision = ratio(hits, predicted);
        double recall = ratio(hits, images);
        return new ClassScore(name, images, precision, recall, ratio(2 * recall * precision, recall + precision));
    }

    /** Returns the mean over the classes, with equal weights. */
    static ClassScore macro(List<ClassScore> scores) {
        return mean("macro mean", scores, score -> 1);
    }

    /** Returns the mean over the classes, weighted by their numbers of images. */
    static ClassScore weighted(List<ClassScore> scores) {
        return mean("weighted", scores, ClassScore::images);
    }

    private static ClassScore mean(String name, List<ClassScore> scores, ToDoubleFunction<ClassScore> weight) {
        double all = scores.stream().mapToDouble(weight).sum();
        ToDoubleFunction<ToDoubleFunction<ClassScore>> mean = measure -> ratio(
                scores.stream()
                        .mapToDouble(score -> weight.applyAsDouble(score) * measure.applyAsDouble(score))
                        .sum(),
                all);
        return new ClassScore(
                name,
                scores.stream().mapToInt(ClassScore::images).sum(),
                mean.applyAsDouble(ClassScore::precision),
                mean.applyAsDouble(ClassScore::recall),
                mean.applyAsDouble(ClassScore::f1));
    }

    private static double ratio(double part, double whole) {
        return whole == 0 ? 0 : part / whole;
    }
}
