package org.ascend4j.trainer.progress;

import org.ascend4j.Ascend4jException;

/**
 * A run has diverged: a loss or a weight is not finite.
 *
 * @since 0.1.0
 */
public final class DivergedException extends Ascend4jException {
    private static final long serialVersionUID = 1;

    /** Creates an exception with a one-sentence message. */
    public DivergedException(String message) {
        super(message);
    }
}
