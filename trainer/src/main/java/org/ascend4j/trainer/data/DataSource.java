package org.ascend4j.trainer.data;

import org.ascend4j.Ascend4jException;

/**
 * A data set that is read from files, downloaded or generated.
 *
 * @since 0.1.0
 */
public interface DataSource {
    /** Returns a short description of the source, for reports. */
    String name();

    /**
     * Reads the whole set into memory.
     *
     * @throws Ascend4jException if a file is missing, broken or has unexpected content; the message names the file, what was expected and what was found
     */
    DataSplits load(ProgressSink progress);
}
