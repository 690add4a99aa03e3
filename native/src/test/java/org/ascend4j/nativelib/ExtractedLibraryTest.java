package org.ascend4j.nativelib;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtractedLibraryTest {
    private static final String NAME = "org/example/libexample.so";
    private static final long TIME = 1_700_000_000_000L;

    @TempDir
    Path folder;

    private Path copy;
    private URL library;

    @BeforeEach
    void extract() throws IOException {
        Path jar = folder.resolve("example.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            JarEntry entry = new JarEntry(NAME);
            entry.setTime(TIME);
            out.putNextEntry(entry);
            out.write("rebuilt".getBytes());
        }
        library = new URL("jar:" + jar.toUri() + "!/" + NAME);
        copy = folder.resolve("cache/example.jar").resolve(NAME);
    }

    @Test
    void aCopyOfTheSameSizeAndTimeIsReplacedIfItsContentDiffers() throws IOException {
        write("earlier");
        ExtractedLibrary.replaceOutdated(library, folder.resolve("cache"));
        assertThat(copy).hasContent("rebuilt");
        // JavaCPP compares this time with the jar's.
        assertThat(Files.getLastModifiedTime(copy).toMillis()).isEqualTo(TIME);
        assertThat(Files.list(copy.getParent())).containsExactly(copy);
    }

    @Test
    void aCurrentCopyIsNotWritten() throws IOException {
        write("rebuilt");
        Object file = Files.getAttribute(copy, "unix:ino");
        ExtractedLibrary.replaceOutdated(library, folder.resolve("cache"));
        assertThat(Files.getAttribute(copy, "unix:ino")).isEqualTo(file);
    }

    @Test
    void nothingIsExtractedInAdvance() throws IOException {
        ExtractedLibrary.replaceOutdated(library, folder.resolve("cache"));
        assertThat(copy).doesNotExist();
    }

    private void write(String content) throws IOException {
        Files.createDirectories(copy.getParent());
        Files.writeString(copy, content);
    }
}
