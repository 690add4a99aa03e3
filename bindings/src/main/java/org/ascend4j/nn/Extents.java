package org.ascend4j.nn;

import java.util.Arrays;
import org.ascend4j.Ascend4jException;

/** Sizes for a number of dimensions, such as a kernel's; given as one number for all dimensions or one for each. */
final class Extents {
    private Extents() {}

    static long[] of(String what, int dimensions, long... values) {
        if (values.length == dimensions) {
            return values.clone();
        }
        if (values.length != 1) {
            throw new Ascend4jException(
                    what + " expects 1 or " + dimensions + " numbers, found " + Arrays.toString(values));
        }
        long[] all = new long[dimensions];
        Arrays.fill(all, values[0]);
        return all;
    }

    /** Returns the sizes as {@code 3x5}; equal ones as {@code 3x3}. */
    static String format(long... values) {
        return String.join("x", Arrays.stream(values).mapToObj(Long::toString).toList());
    }

    static boolean all(long value, long... values) {
        return Arrays.stream(values).allMatch(each -> each == value);
    }
}
