package org.ascend4j.state;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ascend4j.FileErrors;

/**
 * Writes files atomically: a reader, or a restart after a crash, finds either the old file or the new one.
 *
 * @since 0.1.0
 */
public final class AtomicFile {
    /**
     * Writes a file's content.
     *
     * @since 0.1.0
     */
    @FunctionalInterface
    public interface Content {
        /** Writes the whole content; the channel is also readable. */
        void writeTo(FileChannel channel) throws IOException;
    }

    private static final String SUFFIX = ".tmp";

    private AtomicFile() {}

    /** Writes a temporary file in the same folder, syncs it, renames it and syncs the folder. */
    public static void write(Path file, Content content) {
        write(file, null, content);
    }

    /**
     * Writes a file like {@link #write(Path, Content)} and keeps the current one under another name: at any moment at least one of the two names refers to a
     * complete file.
     *
     * @param previous the name for the current file, in the same folder; null to replace it
     */
    public static void write(Path file, Path previous, Content content) {
        Path target = file.toAbsolutePath();
        if (!Files.isDirectory(target.getParent())) {
            throw FileErrors.cannotWrite(file, new NoSuchFileException("folder " + target.getParent()));
        }
        Path temporary =
                target.resolveSibling(prefix(target) + ProcessHandle.current().pid() + SUFFIX);
        try {
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE)) {
                content.writeTo(channel);
                channel.force(true);
            }
            if (previous != null && Files.exists(target)) {
                Files.move(target, previous.toAbsolutePath(), StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            syncFolder(target.getParent());
        } catch (IOException e) {
            throw FileErrors.cannotWrite(file, e);
        } finally {
            deleteQuietly(temporary);
        }
    }

    private static String prefix(Path file) {
        return "." + file.getFileName() + ".";
    }

    /** Deletes the temporary files of processes that were killed while they wrote these files; call it only if no other process is writing them. */
    public static void deleteLeftovers(Path folder, List<String> files) throws IOException {
        String numbered = files.stream()
                .map(file -> Pattern.quote(prefix(Path.of(file))))
                .collect(Collectors.joining("|", "(", ")\\d+" + Pattern.quote(SUFFIX)));
        try (Stream<Path> held = Files.list(folder)) {
            held.filter(path -> path.getFileName().toString().matches(numbered)).forEach(AtomicFile::deleteQuietly);
        }
    }

    private static void syncFolder(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static void deleteQuietly(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            temporary.toFile().deleteOnExit();
        }
    }
}
