package org.ascend4j.optim;

import org.ascend4j.Ascend4jException;

/**
 * Settings of SGD that stay the same during a run.
 *
 * @param dampening how much less than 1 a gradient adds to the momentum buffer
 * @param nesterov whether to step along the buffer's next value
 */
public record SgdOptions(double dampening, boolean nesterov) {
    /** Plain momentum. */
    public static final SgdOptions DEFAULT = new SgdOptions(0, false);

    /** Checks the settings. */
    public SgdOptions {
        if (nesterov && dampening != 0) {
            throw new Ascend4jException("nesterov expects dampening 0, found " + dampening);
        }
    }
}
