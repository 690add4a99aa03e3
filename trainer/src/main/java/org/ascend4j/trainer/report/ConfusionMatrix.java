package org.ascend4j.trainer.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.IntStream;
import org.ascend4j.Printable;
import org.ascend4j.trainer.progress.Evaluation;

/**
 * Counts how often each class was predicted as each other class.
 *
 * @since 0.1.0
 */
public final class ConfusionMatrix {
    private static final int NAME_WIDTH = 12;

    private final List<String> classes;
    private final int[][] counts;

    /** Counts the predictions of an evaluation; a model may have more outputs than there are classes. */
    public ConfusionMatrix(Evaluation evaluation, List<String> classes) {
        this.classes = classes;
        counts = new int[classes.size()][classes.size() + 1];
        for (int i = 0; i < evaluation.labels().length; i++) {
            counts[evaluation.labels()[i]][Math.min(evaluation.predictions()[i], classes.size())]++;
        }
    }

    /** Returns the number of images of class {@code actual} that were predicted as {@code predicted}. */
    public int count(int actual, int predicted) {
        return counts[actual][predicted];
    }

    /** Returns the scores of each class, by label. */
    public List<ClassScore> scores() {
        return IntStream.range(0, classes.size())
                .mapToObj(i -> ClassScore.of(classes.get(i), rowSum(i), columnSum(i), counts[i][i]))
                .toList();
    }

    /**
     * Returns {@code [actual, predicted, images]} for each pair that occurs. For a predicted output that is no class,
     * {@code predicted} is the number of classes.
     */
    public List<int[]> entries() {
        List<int[]> entries = new ArrayList<>();
        for (int actual = 0; actual < counts.length; actual++) {
            for (int predicted = 0; predicted < counts[actual].length; predicted++) {
                if (counts[actual][predicted] > 0) {
                    entries.add(new int[] {actual, predicted, counts[actual][predicted]});
                }
            }
        }
        return entries;
    }

    /** Returns a table of images, recall, precision and F1 by class, with the means over the classes. */
    public String classTable() {
        StringJoiner lines = new StringJoiner("\n");
        lines.add(String.format(
                Locale.ROOT, "%-" + NAME_WIDTH + "s %7s %8s %10s %8s", "class", "images", "recall", "precision", "F1"));
        List<ClassScore> scores = scores();
        scores.forEach(score -> lines.add(row(score)));
        lines.add(row(ClassScore.macro(scores)));
        lines.add(row(ClassScore.weighted(scores)));
        return lines.toString();
    }

    /** Returns the matrix as a table: a row per actual class, a column per predicted one. */
    public String table() {
        StringJoiner lines = new StringJoiner("\n");
        StringBuilder head = new StringBuilder(String.format(Locale.ROOT, "%-" + NAME_WIDTH + "s", "actual"));
        for (int i = 0; i < classes.size(); i++) {
            head.append(String.format(Locale.ROOT, " %6.6s", Printable.of(classes.get(i))));
        }
        lines.add(head);
        for (int i = 0; i < classes.size(); i++) {
            StringBuilder row =
                    new StringBuilder(String.format(Locale.ROOT, "%-" + NAME_WIDTH + "s", shorten(classes.get(i))));
            for (int j = 0; j < classes.size(); j++) {
                row.append(String.format(Locale.ROOT, " %6d", counts[i][j]));
            }
            lines.add(row);
        }
        return lines.toString();
    }

    private int rowSum(int row) {
        int sum = 0;
        for (int count : counts[row]) {
            sum += count;
        }
        return sum;
    }

    private int columnSum(int column) {
        int sum = 0;
        for (int[] row : counts) {
            sum += row[column];
        }
        return sum;
    }

    private static String row(ClassScore score) {
        return String.format(
                Locale.ROOT,
                "%-" + NAME_WIDTH + "s %7d %7.2f%% %9.2f%% %7.2f%%",
                shorten(score.name()),
                score.images(),
                100 * score.recall(),
                100 * score.precision(),
                100 * score.f1());
    }

    private static String shorten(String name) {
        String shown = Printable.of(name);
        return shown.length() <= NAME_WIDTH ? shown : shown.substring(0, NAME_WIDTH - 1) + "…";
    }
}
