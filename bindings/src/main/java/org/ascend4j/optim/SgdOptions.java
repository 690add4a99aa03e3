package org.ascend4j.optim;

import org.ascend4j.Ascend4jException;

/**
 * Settings of SGD that stay the same during a run.
 *
 * @param dampening a gradient is added to the momentum buffer with a factor of 1 minus this value
 * @param nesterov whether to step along the next value of the buffer
 * @since 0.1.0
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
