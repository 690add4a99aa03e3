package org.ascend4j.state;

import org.ascend4j.Ascend4jException;

/** A checkpoint's bytes are not those that were written, or not all of them. */
public final class DamagedCheckpointException extends Ascend4jException {
    private static final long serialVersionUID = 1;

    DamagedCheckpointException(String message) {
        super(message);
    }
}
