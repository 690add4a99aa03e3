package org.ascend4j.nativelib;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.jar.JarEntry;
import java.util.zip.CRC32;

/**
 * The copy of a library that JavaCPP has extracted from a jar.
 *
 * <p>JavaCPP considers a copy of equal size and time current. Builds are reproducible, so a library that was built again after a change has the same time, and
 * often the same size.
 */
final class ExtractedLibrary {
    private ExtractedLibrary() {}

    /**
     * Replaces the copy if it exists and its checksum is not the library's.
     *
     * @param library the library in a jar; a file outside of jars is never extracted
     * @param cache JavaCPP's cache folder
     */
    static void replaceOutdated(URL library, Path cache) throws IOException {
        if (!(library.openConnection() instanceof JarURLConnection jar)) {
            return;
        }
        JarEntry entry = jar.getJarEntry();
        Path copy =
                cache.resolve(Path.of(jar.getJarFile().getName()).getFileName()).resolve(entry.getName());
        if (Files.isRegularFile(copy) && checksum(copy) != entry.getCrc()) {
            // Other processes may have mapped the copy, so it is not written to.
            Path fresh = copy.resolveSibling(
                    copy.getFileName() + "." + ProcessHandle.current().pid());
            try (InputStream content = jar.getInputStream()) {
                Files.copy(content, fresh, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.setLastModifiedTime(fresh, FileTime.fromMillis(entry.getTime()));
            Files.move(fresh, copy, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static long checksum(Path file) throws IOException {
        CRC32 sum = new CRC32();
        sum.update(Files.readAllBytes(file));
        return sum.getValue();
    }
}
