package org.ascend4j.pickle;

import java.math.BigInteger;

/**
 * A value that holds others. It is filled before it is put into another and never after, so that no value contains itself. Equality is identity: nothing is hashed
 * or compared by what it holds, which could take exponential time.
 */
public abstract sealed class PickledValue permits PickledList, PickledDict, PickledObject {
    private static final int DEEPEST = 64;

    private boolean held;
    private int depth = 1;

    /** Checks a value that is about to be put into this one. */
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

    /** Names the kind of a value, for messages. */
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
