package org.ascend4j.distributed;

import org.ascend4j.Ascend4jException;

/**
 * Another rank does not respond: its process died or hangs, or its network failed.
 *
 * @since 0.1.0
 */
public final class PeerLostException extends Ascend4jException {
    private static final long serialVersionUID = 1;

    PeerLostException(String message, Throwable cause) {
        super(message, cause);
    }
}
