package org.ascend4j.trainer.data;

import java.io.IOException;
import java.io.InputStream;

/** A file layout of a data set; an instance collects one data set. */
interface DataFormat {
    /** Returns the layout's name and its files, for the message that no layout was recognised. */
    String description();

    /** Returns whether a file with this path belongs to this layout. */
    boolean recognises(String path);

    /**
     * Reads a recognised file.
     *
     * @param file folder or archive and path, used in messages
     */
    void read(String file, String path, long bytes, InputStream content) throws IOException;

    /** Returns the data set after all files were read. */
    DataSplits finish(String location);

    /** Returns a path without its last part: empty at the root, otherwise ending in {@code /}. */
    static String folder(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    /** Returns the last part of a path. */
    static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
