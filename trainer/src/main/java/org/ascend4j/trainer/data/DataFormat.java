package org.ascend4j.trainer.data;

import java.io.IOException;
import java.io.InputStream;

/** A layout of files that a data set can come in; an instance collects one data set. */
interface DataFormat {
    /** Returns the layout's name and the files that make it up, for the message that nothing was recognised. */
    String description();

    /** Returns whether a file of this path belongs to this layout. */
    boolean recognises(String path);

    /**
     * Reads a recognised file.
     *
     * @param file folder or archive and path, for messages
     */
    void read(String file, String path, long bytes, InputStream content) throws IOException;

    /** Returns the data set when all files were shown. */
    DataSplits finish(String location);

    /** Returns a path without its last part: empty at the root, else ending in {@code /}. */
    static String folder(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    /** Returns the last part of a path. */
    static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
