package org.ascend4j.pickle;

import org.ascend4j.Printable;

/**
 * A pickle is damaged, too large, or contains something that its reader does not support; the message is a clause that describes it.
 *
 * @since 0.1.0
 */
public final class PickleException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Creates an exception with a clause that describes what was found. */
    public PickleException(String message) {
        super(message);
    }

    /** Returns the exception for an unknown class or function. */
    public static PickleException unknown(String module, String name) {
        return new PickleException("it holds " + Printable.of(module + "." + name));
    }
}
