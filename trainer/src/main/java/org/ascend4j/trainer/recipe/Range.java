package org.ascend4j.trainer.recipe;

import java.util.List;
import org.ascend4j.Ascend4jException;

/** Ranges of settings; each failure names the setting, what was expected and what was found. */
final class Range {
    private Range() {}

    static void atLeast(String setting, int value, int least) {
        require(value >= least, setting, "at least " + least, value);
    }

    static void between(String setting, double value, double low, double high) {
        require(value >= low && value <= high, setting, low + " to " + high, value);
    }

    static void notNegative(String setting, double value) {
        require(value >= 0 && Double.isFinite(value), setting, "a number of at least 0", value);
    }

    static void positive(String setting, double value) {
        require(value > 0 && Double.isFinite(value), setting, "a positive number", value);
    }

    static void oneOf(String setting, String value, String... allowed) {
        require(List.of(allowed).contains(value), setting, String.join(" or ", allowed), value);
    }

    static void size(String setting, List<?> values, int size) {
        require(values.size() == size, setting, size + " values", values.size());
    }

    private static void require(boolean holds, String setting, String expected, Object found) {
        if (!holds) {
            throw new Ascend4jException(setting + " expects " + expected + ", found " + found);
        }
    }
}
