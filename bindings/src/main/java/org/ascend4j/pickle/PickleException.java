package org.ascend4j.pickle;

import org.ascend4j.Printable;

/** A pickle that is damaged, too large, or holds what its reader does not know; the message is a clause that says what was found. */
public final class PickleException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Says what was found. */
    public PickleException(String message) {
        super(message);
    }

    /** Returns the refusal of a class or function. */
    public static PickleException unknown(String module, String name) {
        return new PickleException("it holds " + Printable.of(module + "." + name));
    }
}
