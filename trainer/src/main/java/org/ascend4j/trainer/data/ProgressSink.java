package org.ascend4j.trainer.data;

/** Is told how far a download or a long read has come. */
@FunctionalInterface
public interface ProgressSink {
    /** Ignores everything. */
    ProgressSink NONE = (what, done, total) -> {};

    /**
     * Called now and then from the loading thread, the last time with {@code done == total} where the total is known.
     *
     * @param what the task, for example {@code "downloading cifar-10-binary.tar.gz"}
     * @param done bytes or images so far
     * @param total bytes or images in all, -1 if not known
     */
    void progress(String what, long done, long total);
}
