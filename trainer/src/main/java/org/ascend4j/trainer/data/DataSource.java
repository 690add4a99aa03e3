package org.ascend4j.trainer.data;

import org.ascend4j.Ascend4jException;

/** A data set that can be read, downloaded or generated. */
public interface DataSource {
    /** Returns what the source is, in a few words for reports. */
    String name();

    /**
     * Reads the whole set into memory.
     *
     * @throws Ascend4jException if a file is missing, broken or not what it should be: with file, expected and found
     */
    DataSplits load(ProgressSink progress);
}
