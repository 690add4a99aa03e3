package org.ascend4j.trainer.recipe;

import java.util.List;
import org.ascend4j.Ascend4jException;
import org.ascend4j.Printable;

/** Checks ranges of settings; each failure names the setting, what was expected and what was found. */
final class Range {
    /** The largest count in a recipe. A larger number is a typing error and would exhaust the memory. */
    private static final int MOST = 1_000_000;

    /** The largest factor in a recipe. Much larger ones overflow the precision of the weights. */
    private static final double LARGEST = 1e6;

    private Range() {}

    /** Throws if a part of the recipe is missing. */
    static void given(String setting, Object value) {
        require(value != null, setting, "a value", "nothing");
    }

    static void atLeast(String setting, int value, int least) {
        require(value >= least, setting, "at least " + least, value);
        require(value <= MOST, setting, "at most " + MOST, value);
    }

    static void between(String setting, double value, double low, double high) {
        require(value >= low && value <= high, setting, low + " to " + high, value);
    }

    static void notNegative(String setting, double value) {
        require(value >= 0 && Double.isFinite(value), setting, "a number of at least 0", value);
        require(value <= LARGEST, setting, "at most " + LARGEST, value);
    }

    static void positive(String setting, double value) {
        require(value > 0 && Double.isFinite(value), setting, "a positive number", value);
        require(value <= LARGEST * LARGEST, setting, "at most " + LARGEST * LARGEST, value);
    }

    static void oneOf(String setting, String value, String... allowed) {
        require(List.of(allowed).contains(String.valueOf(value)), setting, String.join(" or ", allowed), value);
    }

    /** Returns a copy of the numbers; throws if one is missing or not finite. */
    static List<Double> numbers(String setting, List<Double> values) {
        given(setting, values);
        values.forEach(value -> {
            given(setting, value);
            between(setting, value, -LARGEST, LARGEST);
        });
        return List.copyOf(values);
    }

    static void size(String setting, List<?> values, int size) {
        require(values.size() == size, setting, size + " values", values.size());
    }

    /** Returns a copy of two numbers; throws unless the first one is above 0 and the second one is between it and {@code most}. */
    static List<Double> increasing(String setting, List<Double> values, double most) {
        List<Double> pair = numbers(setting, values);
        size(setting, pair, 2);
        boolean holds = pair.get(0) > 0 && pair.get(0) <= pair.get(1) && pair.get(1) <= most;
        require(holds, setting, "a least value above 0 and a largest one up to " + most, pair);
        return pair;
    }

    /** Throws if a name cannot be part of a file name. */
    static void name(String setting, String value) {
        require(
                value != null && value.matches("[^/\\\\\\p{Cntrl}]{1,100}") && !value.matches("\\.+"),
                setting,
                "1 to 100 printable characters without / and \\",
                value);
    }

    private static void require(boolean holds, String setting, String expected, Object found) {
        if (!holds) {
            throw new Ascend4jException(setting + " expects " + expected + ", found " + Printable.of(found));
        }
    }
}
