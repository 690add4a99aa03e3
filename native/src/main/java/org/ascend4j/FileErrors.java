package org.ascend4j;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/**
 * Describes why a file could not be used; Java expresses many reasons only by the class of the exception.
 *
 * <p><b>Not public API</b>: the modules of this project share it.
 *
 * @since 0.1.0
 */
public final class FileErrors {
    private FileErrors() {}

    /** Returns the error for a file that cannot be read. */
    public static Ascend4jException cannotRead(Path file, IOException cause) {
        return new Ascend4jException("cannot read " + file + ": " + reason(cause), cause);
    }

    /** Returns the error for a file that cannot be written. */
    public static Ascend4jException cannotWrite(Path file, IOException cause) {
        return new Ascend4jException("cannot write " + file + ": " + reason(cause), cause);
    }

    /** Returns the error for a file that is too large for the available memory. */
    public static Ascend4jException tooLarge(Object file, VirtualMachineError cause) {
        return new Ascend4jException(
                file + " needs more memory than is available: Java's heap has at most "
                        + (Runtime.getRuntime().maxMemory() >> 20) + " MiB (-Xmx sets it)",
                cause);
    }

    /** Returns only the reason, in a few words. */
    public static String reason(IOException cause) {
        if (cause instanceof NoSuchFileException missing) {
            return "there is no " + Printable.path(missing.getFile());
        } else if (cause instanceof AccessDeniedException) {
            return "permission denied";
        } else if (cause instanceof FileSystemLoopException loop) {
            return Printable.path(loop.getFile()) + " is a link in a circle";
        } else if (cause instanceof EOFException) {
            return "it ends before its last byte";
        } else if (cause instanceof ClosedChannelException) {
            return "the file or connection was closed";
        } else if (cause instanceof ConnectException) {
            return "the server does not answer";
        } else if (cause instanceof FileAlreadyExistsException existing) {
            return Printable.path(existing.getFile()) + " is there already";
        } else if (cause instanceof NotDirectoryException file) {
            return Printable.path(file.getFile()) + " is no folder";
        } else if (cause instanceof CharacterCodingException) {
            return "it is not UTF-8 text";
        } else if (cause instanceof FileSystemException problem) {
            return problem.getReason() == null
                    ? "the system refuses " + Printable.path(problem.getFile())
                    : Printable.of(problem.getReason());
        }
        return cause.getMessage() == null ? "the system gives no reason" : Printable.of(cause.getMessage());
    }
}
