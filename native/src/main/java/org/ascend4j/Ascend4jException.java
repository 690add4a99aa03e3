package org.ascend4j;

/** A problem that the user can solve: one sentence that says what was expected, what was found and what to set. */
public class Ascend4jException extends RuntimeException {
    /** Says what is wrong, in one sentence. */
    public Ascend4jException(String message) {
        super(message);
    }

    /** Says what is wrong, in one sentence, and keeps the cause for the log. */
    public Ascend4jException(String message, Throwable cause) {
        super(message, cause);
    }
}
