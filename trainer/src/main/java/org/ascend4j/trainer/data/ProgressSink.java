package org.ascend4j.trainer.data;

/**
 * Receives the progress of a download or a long read.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ProgressSink {
    /** Ignores all calls. */
    ProgressSink NONE = (what, done, total) -> {};

    /**
     * Called repeatedly on the loading thread, the last time with {@code done == total}.
     *
     * @param what the task, for example {@code "downloading cifar-10-binary.tar.gz"}
     * @param done bytes, files or images so far
     * @param total the total in the same unit; -1 while it is unknown
     */
    void progress(String what, long done, long total);
}
