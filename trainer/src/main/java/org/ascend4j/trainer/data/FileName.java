package org.ascend4j.trainer.data;

import java.nio.file.Path;
import org.ascend4j.Ascend4jException;
import org.ascend4j.Printable;

/** Checks for names in folders and archives that Java could not decode: two such names can look the same and would become one class. */
final class FileName {
    private FileName() {}

    /**
     * Throws if a path in a folder or an archive was not decoded completely.
     *
     * @param path a decoded path
     * @param replacement the character that the decoder puts in place of invalid bytes
     * @throws Ascend4jException if the path contains the replacement
     */
    static void requireDecoded(Path location, String path, char replacement) {
        if (path.indexOf(replacement) >= 0) {
            throw new Ascend4jException("expected names that can be decoded in " + location + ", found '"
                    + Printable.path(path) + "'; set LC_ALL=C.UTF-8, and rename what is not UTF-8");
        }
    }
}
