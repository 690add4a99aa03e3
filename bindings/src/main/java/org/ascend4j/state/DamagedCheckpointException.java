package org.ascend4j.state;

import org.ascend4j.Ascend4jException;

/** A checkpoint's bytes are not those that were written, or what they say is no state of a run. */
public final class DamagedCheckpointException extends Ascend4jException {
    private static final long serialVersionUID = 1;

    /** Says what is wrong, in one sentence. */
    public DamagedCheckpointException(String message) {
        super(message);
    }
}
