package org.ascend4j.trainer.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.ascend4j.Ascend4jException;
import org.ascend4j.FileErrors;

/** The files of a data set, in a folder or in an archive. */
interface FileTree {
    /** Receives each wanted file once. */
    interface Visitor {
        /**
         * Visits one file.
         *
         * @param path path relative to the tree's root, with {@code /} between folders
         * @param bytes the file's size
         * @param content the file's content; it may be left unread and must not be closed
         */
        void visit(String path, long bytes, InputStream content) throws IOException;
    }

    /** Returns the folder or archive, used in messages. */
    Path location();

    /**
     * Visits files: in a folder in the order of their paths, in an archive in stored order, with links last.
     *
     * @param wanted returns whether to visit a path; other files are not opened
     */
    void visit(Predicate<String> wanted, Visitor visitor);

    /** Opens a folder or a {@code .tar.gz}. A folder that holds nothing but one archive, as some platforms provide it, is read as that archive. */
    static FileTree open(Path path) {
        if (Files.isDirectory(path)) {
            return onlyArchive(path).<FileTree>map(TarGzTree::new).orElseGet(() -> new FolderTree(path));
        }
        if (!Files.exists(path)) {
            throw new Ascend4jException("expected a folder or a .tar.gz at " + path + ", found nothing");
        }
        return new TarGzTree(path);
    }

    private static Optional<Path> onlyArchive(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.limit(2).toList();
            return found.size() == 1 && found.get(0).toString().endsWith(".tar.gz")
                    ? Optional.of(found.get(0))
                    : Optional.empty();
        } catch (IOException e) {
            throw new Ascend4jException("expected a readable folder at " + folder + ": " + FileErrors.reason(e), e);
        }
    }
}
