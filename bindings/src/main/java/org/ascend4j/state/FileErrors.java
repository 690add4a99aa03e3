package org.ascend4j.state;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.ascend4j.Ascend4jException;

/** Says in one sentence why a file could not be used. */
final class FileErrors {
    private FileErrors() {}

    static Ascend4jException cannotRead(Path file, IOException cause) {
        return new Ascend4jException("cannot read " + file + ": " + reason(cause), cause);
    }

    static Ascend4jException cannotWrite(Path file, IOException cause) {
        return new Ascend4jException("cannot write " + file + ": " + reason(cause), cause);
    }

    private static String reason(IOException cause) {
        if (cause instanceof NoSuchFileException missing) {
            return "there is no " + missing.getFile();
        } else if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        return cause.getMessage();
    }
}
