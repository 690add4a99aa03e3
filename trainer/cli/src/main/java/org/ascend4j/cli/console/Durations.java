package org.ascend4j.cli.console;

import java.util.Locale;

/** Formats durations for people. */
final class Durations {
    private Durations() {}

    /** Formats seconds as {@code 5.2 s}, {@code 3:07} or {@code 1:02:09}. */
    static String print(double seconds) {
        if (seconds < 59.95) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        long hours = whole / 3600;
        return hours == 0
                ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", hours, whole / 60 % 60, whole % 60);
    }
}
