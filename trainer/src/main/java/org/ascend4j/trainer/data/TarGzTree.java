package org.ascend4j.trainer.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.ascend4j.Ascend4jException;

/**
 * A gzipped tar archive, read as a stream; nothing is written to disk.
 *
 * @param location the archive
 */
record TarGzTree(Path location) implements FileTree {
    private static final int BUFFER = 1 << 16;

    @Override
    public void visit(Predicate<String> wanted, Visitor visitor) {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(location), BUFFER);
                TarArchiveInputStream tar = new TarArchiveInputStream(gunzip(file))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                String path = checked(entry.getName());
                if (entry.isFile() && wanted.test(path)) {
                    visitor.visit(path, entry.getSize(), tar);
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            // Commons Compress reports some broken headers as illegal arguments.
            throw new Ascend4jException("expected a whole .tar.gz archive in " + location + ", found: " + e, e);
        }
    }

    private InputStream gunzip(InputStream file) throws IOException {
        file.mark(2);
        if (file.read() != 0x1f || file.read() != 0x8b) {
            throw new Ascend4jException(
                    "expected a folder or a .tar.gz archive, found a file of another kind: " + location);
        }
        file.reset();
        return new BufferedInputStream(new GZIPInputStream(file, BUFFER), BUFFER);
    }

    private String checked(String name) {
        String path = name.replace('\\', '/').replaceFirst("^(\\./)+", "");
        if (path.startsWith("/") || Arrays.asList(path.split("/")).contains("..")) {
            throw new Ascend4jException(
                    "expected paths inside the archive " + location + ", found '" + name + "' that leaves it");
        }
        return path;
    }
}
