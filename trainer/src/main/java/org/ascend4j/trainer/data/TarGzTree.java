package org.ascend4j.trainer.data;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.ascend4j.Ascend4jException;
import org.ascend4j.FileErrors;
import org.ascend4j.Printable;

/**
 * A gzipped tar archive, read as a stream without writing to disk. Links are followed.
 *
 * @param location the archive
 */
record TarGzTree(Path location) implements FileTree {
    private static final int BUFFER = 1 << 16;

    /**
     * The replacements of Java and of Commons Compress for bytes that are not valid UTF-8. A name can also contain
     * {@code ?} itself; such archives are rejected too.
     */
    private static final List<Character> REPLACEMENTS = List.of('\uFFFD', '?');

    private interface EntryVisitor {
        void visit(String path, TarArchiveEntry entry, InputStream content) throws IOException;
    }

    @Override
    public void visit(Predicate<String> wanted, Visitor visitor) {
        Predicate<String> shown = path -> wanted.test(path) && decoded(path);
        ArchiveLinks links = new ArchiveLinks(location);
        read((path, entry, content) -> {
            if (entry.isSymbolicLink()) {
                links.addSymbolic(path, entry.getLinkName());
            } else if (entry.isLink()) {
                links.addHard(path, entry.getLinkName());
            } else if (isFile(entry) && shown.test(path)) {
                visitor.visit(path, entry.getSize(), content);
            }
        });
        if (!links.isEmpty()) {
            // The archive is read a second time, because a link may come after its target.
            read((path, entry, content) -> {
                if (isFile(entry)) {
                    show(links.namesOf(path).stream().filter(shown).toList(), content, visitor);
                }
            });
        }
    }

    private boolean decoded(String path) {
        REPLACEMENTS.forEach(replacement -> FileName.requireDecoded(location, path, replacement));
        return true;
    }

    private void show(List<String> names, InputStream content, Visitor visitor) throws IOException {
        if (!names.isEmpty()) {
            byte[] bytes = whole(content);
            for (String name : names) {
                visitor.visit(name, bytes.length, new ByteArrayInputStream(bytes));
            }
        }
    }

    private byte[] whole(InputStream content) throws IOException {
        try {
            return content.readAllBytes();
        } catch (OutOfMemoryError e) {
            throw FileErrors.tooLarge("a file that links in " + location + " lead to", e);
        }
    }

    private static boolean isFile(TarArchiveEntry entry) {
        // isFile alone is true for every entry that is not a folder.
        return entry.isFile()
                && !entry.isSymbolicLink()
                && !entry.isLink()
                && !entry.isFIFO()
                && !entry.isCharacterDevice()
                && !entry.isBlockDevice();
    }

    private void read(EntryVisitor visitor) {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(location), BUFFER);
                TarHeaders headers = new TarHeaders(gunzip(file))) {
            for (TarArchiveEntry entry = headers.next(); entry != null; entry = headers.next()) {
                visitor.visit(checked(entry.getName()), entry, headers.content());
            }
        } catch (IOException e) {
            throw new Ascend4jException(
                    "expected a whole .tar.gz archive in " + location + ": " + FileErrors.reason(e), e);
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
            throw new Ascend4jException("expected paths inside the archive " + location + ", found '"
                    + Printable.path(name) + "' that leaves it");
        }
        return path;
    }
}
