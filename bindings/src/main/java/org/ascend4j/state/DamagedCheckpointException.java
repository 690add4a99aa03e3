package org.ascend4j.state;

import org.ascend4j.Ascend4jException;

/**
 * A checkpoint's bytes differ from those that were written, or its content is not the state of a run.
 *
 * @since 0.1.0
 */
public final class DamagedCheckpointException extends Ascend4jException {
    private static final long serialVersionUID = 1;

    /** Creates an exception with one sentence that describes the damage. */
    public DamagedCheckpointException(String message) {
        super(message);
    }
}
