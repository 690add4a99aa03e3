package org.ascend4j;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/**
 * Finds the known name that is nearest to a mistyped one.
 *
 * <p><b>Not public API</b>: the modules of this project share it.
 *
 * @since 0.1.0
 */
public final class Nearest {
    private Nearest() {}

    /** Returns {@code ; did you mean NAME?} if a known name's distance is at most a third of its letters, else an empty text. */
    public static String hint(String found, Collection<String> known) {
        String lower = found.toLowerCase(Locale.ROOT);
        return known.stream()
                .min(Comparator.comparing(name -> distance(lower, name.toLowerCase(Locale.ROOT))))
                .filter(name -> 3 * distance(lower, name.toLowerCase(Locale.ROOT)) <= name.length())
                .map(name -> "; did you mean " + name + "?")
                .orElse("");
    }

    /** Returns the Levenshtein distance: the number of letters to insert, delete or replace. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
