package org.ascend4j;

/**
 * A problem that the user can solve; the message is one sentence with what was expected, what was found and what to set.
 *
 * @since 0.1.0
 */
public class Ascend4jException extends RuntimeException {
    /** Creates an exception with a one-sentence message. */
    public Ascend4jException(String message) {
        super(message);
    }

    /** Creates an exception with a one-sentence message, and keeps the cause for the log. */
    public Ascend4jException(String message, Throwable cause) {
        super(message, cause);
    }
}
