package org.ascend4j.trainer.data;

/** Is told how far a download or a long read has come. */
@FunctionalInterface
public interface ProgressSink {
    /** Ignores everything. */
    ProgressSink NONE = (what, done, total) -> {};

    /**
     * Called now and then from the loading thread, the last time with {@code done == total}.
     *
     * @param what the task, for example {@code "downloading cifar-10-binary.tar.gz"}
     * @param done bytes, files or images so far
     * @param total how many in all, -1 while that is not known
     */
    void progress(String what, long done, long total);
}
