package org.ascend4j.device;

/**
 * Whether the steps of a training run are recorded as a graph, which is then repeated with one launch per step.
 *
 * @since 0.1.0
 */
public enum Capture {
    /** Records them where the device and the settings allow it, otherwise launches each operator. */
    AUTO,
    /** Records them, or fails. */
    ON,
    /** Launches each operator. */
    OFF
}
