package org.ascend4j.trainer.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.ascend4j.Ascend4jException;
import org.ascend4j.FileErrors;

/**
 * A folder and its files at most six folders deep. Links are followed, as torchvision does.
 *
 * @param location the folder
 */
record FolderTree(Path location) implements FileTree {
    /** Java's replacement for bytes that are not valid in the encoding of file names. */
    private static final char REPLACEMENT = '\uFFFD';

    private static final int DEPTH = 6;
    private static final int MOST_FILES = 5_000_000;

    @Override
    public void visit(Predicate<String> wanted, Visitor visitor) {
        try {
            for (Path file : files()) {
                String path = location.relativize(file).toString().replace('\\', '/');
                if (wanted.test(path)) {
                    FileName.requireDecoded(location, path, REPLACEMENT);
                    try (InputStream content = Files.newInputStream(file)) {
                        visitor.visit(path, Files.size(file), content);
                    }
                }
            }
        } catch (IOException e) {
            throw new Ascend4jException("expected readable files in " + location + ": " + FileErrors.reason(e), e);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> walk = Files.walk(location, DEPTH, FileVisitOption.FOLLOW_LINKS)) {
            List<Path> files = walk.filter(Files::isRegularFile)
                    .limit(MOST_FILES + 1)
                    .sorted()
                    .toList();
            if (files.size() > MOST_FILES) {
                throw new Ascend4jException("expected at most " + MOST_FILES + " files in " + location
                        + ", found more; name the data set's own folder");
            }
            return files;
        } catch (UncheckedIOException e) {
            // The cause is a folder that cannot be opened, or a cycle of links.
            throw e.getCause();
        }
    }
}
