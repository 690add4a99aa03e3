package org.ascend4j.device;

/**
 * Work that a device recorded once as a graph and repeats with one launch.
 *
 * <p>A repetition executes the recorded operators on the recorded tensors: values that the host computed during the recording stay as they were.
 *
 * @since 0.1.0
 */
public interface CapturedStep extends AutoCloseable {
    /** Submits the work to the device. */
    void replay();

    /** Frees the graph; the device must have finished the last repetition. */
    @Override
    void close();
}
