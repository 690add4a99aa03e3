package org.ascend4j.cli.console;

import java.util.Locale;
import org.ascend4j.trainer.progress.Evaluated;

/**
 * The progress of a run, as one line of a terminal.
 *
 * @param epoch the epoch, from 1
 * @param epochs number of epochs
 * @param share the share of the run that is done, 0 to 1
 * @param loss the mean loss of the last steps
 * @param evaluated what the accuracy is measured on
 * @param accuracy the last accuracy; null before the first
 * @param imagesPerSecond the speed in images per second
 * @param left the remaining time, formatted
 */
record RunLine(
        int epoch,
        int epochs,
        double share,
        double loss,
        Evaluated evaluated,
        Double accuracy,
        double imagesPerSecond,
        String left) {
    private static final int SHORTEST_BAR = 4;
    private static final int LONGEST_BAR = 40;

    /** Returns the line with a bar as long as {@code width} allows; if the terminal is too narrow, the line is truncated. */
    String fit(int width) {
        String head = String.format(Locale.ROOT, "Epoch %d/%d %3.0f%% ", epoch, epochs, Math.floor(100 * share));
        String tail = String.format(
                Locale.ROOT,
                " loss %.3f  %s %s  %.0f img/s  %s left",
                loss,
                evaluated.label(),
                accuracy == null ? "-" : String.format(Locale.ROOT, "%.1f%%", 100 * accuracy),
                imagesPerSecond,
                left);
        int room = Math.min(LONGEST_BAR, width - head.length() - tail.length() - 2);
        String line = room < SHORTEST_BAR ? head + tail.stripLeading() : head + bar(room) + tail;
        return line.substring(0, Math.min(line.length(), Math.max(0, width)));
    }

    private String bar(int length) {
        int done = (int) Math.round(length * share);
        return "[" + "=".repeat(done) + " ".repeat(length - done) + "]";
    }
}
