package org.ascend4j.cli.console;

import java.util.Locale;

/**
 * The progress of a download or a long read, as one line of a terminal.
 *
 * @param what the task; one that begins with {@code downloading} counts bytes
 * @param done the amount done
 * @param total the total amount; -1 while it is unknown
 */
record TaskLine(String what, long done, long total) {
    private static final double MEGABYTE = 1e6;
    private static final int LONGEST_BAR = 40;

    /** Returns the line with a bar as long as {@code width} allows. */
    String fit(int width) {
        String amount = total < 0 ? count(done) : count(done) + " of " + count(total);
        String head = total <= 0 ? what + " " : String.format(Locale.ROOT, "%s %3d%% ", what, 100 * done / total);
        int room = Math.min(LONGEST_BAR, width - head.length() - amount.length() - 3);
        if (total <= 0 || room < 1) {
            return head + amount;
        }
        int full = (int) (room * done / total);
        return head + "[" + "=".repeat(full) + " ".repeat(room - full) + "] " + amount;
    }

    private String count(long amount) {
        return what.startsWith("downloading")
                ? String.format(Locale.ROOT, "%.1f MB", amount / MEGABYTE)
                : Long.toString(amount);
    }
}
