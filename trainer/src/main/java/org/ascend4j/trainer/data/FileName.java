package org.ascend4j.trainer.data;

import java.nio.file.Path;
import org.ascend4j.Ascend4jException;
import org.ascend4j.Printable;

/** Names in folders and archives that Java could not decode: two that look alike would become one class. */
final class FileName {
    private FileName() {}

    /**
     * Refuses a path in a folder or an archive.
     *
     * @param path a decoded path
     * @param replacement what its decoder puts where bytes mean nothing in its encoding
     * @throws Ascend4jException if the path holds the replacement
     */
    static void requireDecoded(Path location, String path, char replacement) {
        if (path.indexOf(replacement) >= 0) {
            throw new Ascend4jException("expected names that can be decoded in " + location + ", found '"
                    + Printable.path(path) + "'; set LC_ALL=C.UTF-8, and rename what is not UTF-8");
        }
    }
}
