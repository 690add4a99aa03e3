package org.ascend4j.pickle;

import java.math.BigInteger;

/**
 * A value that contains others. It is filled before it becomes part of another value and not changed afterwards, so that no value contains itself. Equality is
 * identity: hashing or comparing the contents could take exponential time.
 *
 * @since 0.1.0
 */
public abstract sealed class PickledValue permits PickledList, PickledDict, PickledObject {
    private static final int DEEPEST = 64;

    private boolean held;
    private int depth = 1;

    /** Checks a value that is about to become part of this one. */
    final void hold(Object value) {
        int below = 0;
        if (value instanceof PickledValue inner) {
            inner.held = true;
            below = inner.depth;
        }
        if (held) {
            throw new PickleException("it holds a value that may contain itself");
        }
        depth = Math.max(depth, below + 1);
        if (depth > DEEPEST) {
            throw new PickleException("it holds values that are nested more than " + DEEPEST + " deep");
        }
    }

    /** Returns the kind of a value, for messages. */
    public static String kind(Object value) {
        if (value == null) {
            return "None";
        } else if (value instanceof String) {
            return "text";
        } else if (value instanceof byte[]) {
            return "bytes";
        } else if (value instanceof BigInteger) {
            return "a number of more than 64 bits";
        } else if (value instanceof Number || value instanceof Boolean) {
            return "the number " + value;
        } else if (value instanceof PickledList) {
            return "a list";
        } else if (value instanceof PickledDict) {
            return "a dict";
        }
        return "an object";
    }
}
