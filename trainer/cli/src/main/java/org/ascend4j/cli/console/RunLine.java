package org.ascend4j.cli.console;

import java.util.Locale;

/**
 * Where a run is, as one line of a terminal.
 *
 * @param epoch the epoch, from 1
 * @param epochs how many there are
 * @param share how much of the run is done, 0 to 1
 * @param loss the loss of the last steps
 * @param accuracy the last test accuracy; null before the first
 * @param imagesPerSecond the speed
 * @param left the time left, as people read it
 */
record RunLine(int epoch, int epochs, double share, double loss, Double accuracy, double imagesPerSecond, String left) {
    private static final int SHORTEST_BAR = 4;
    private static final int LONGEST_BAR = 40;

    /** Returns the line with a bar as long as {@code width} allows; a terminal too narrow for all gets its beginning. */
    String fit(int width) {
        String head = String.format(Locale.ROOT, "Epoch %d/%d %3.0f%% ", epoch, epochs, Math.floor(100 * share));
        String tail = String.format(
                Locale.ROOT,
                " loss %.3f  test %s  %.0f img/s  %s left",
                loss,
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
