package org.ascend4j.trainer.data;

import java.io.EOFException;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import org.ascend4j.Printable;

/** Why reading or writing failed, in words: Java tells much of it by the class of the exception alone. */
final class Cause {
    private Cause() {}

    /** Returns the end of a sentence that goes "found: ...". */
    static String of(Exception failure) {
        if (failure instanceof FileSystemException refused) {
            String reason = refused.getReason() == null ? "" : " (" + Printable.of(refused.getReason()) + ")";
            return what(refused) + " at " + Printable.of(refused.getFile()) + reason;
        }
        if (failure instanceof EOFException) {
            return "an end before the last byte";
        }
        if (failure instanceof ClosedChannelException) {
            return "a file or connection that was closed";
        }
        if (failure instanceof ConnectException) {
            return "no answer from the server";
        }
        return failure.getMessage() == null
                ? "a failure that Java does not explain"
                : Printable.of(failure.getMessage());
    }

    private static String what(FileSystemException refused) {
        if (refused instanceof NoSuchFileException) {
            return "nothing";
        }
        if (refused instanceof AccessDeniedException) {
            return "no permission";
        }
        if (refused instanceof FileSystemLoopException) {
            return "a link in a circle";
        }
        return "a failure";
    }
}
