package org.ascend4j.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.ascend4j.Ascend4jException;
import org.ascend4j.nativelib.support.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that names that Java cannot decode never merge into one class. */
class UndecodedNamesTest {
    @TempDir
    private Path folder;

    @Test
    void aFolderUnderTheLocaleCIsRefused() throws Exception {
        // The shell writes the names, because this JVM may run in the C locale too. Cat and dog in UTF-8, three bytes
        // each.
        Process made = new ProcessBuilder(
                        "sh",
                        "-c",
                        "for name in '\\347\\214\\253' '\\347\\213\\227'; do mkdir \"$(printf $name)\"; : > \"$(printf $name)/1.png\"; done")
                .directory(folder.toFile())
                .start();
        assertThat(made.waitFor()).isZero();
        assertThat(under("C"))
                .isEqualTo("expected names that can be decoded in " + folder
                        + ", found '\ufffd\ufffd\ufffd/1.png'; set LC_ALL=C.UTF-8, and rename what is not UTF-8");
        assertThat(under("C.UTF-8")).isEqualTo("2 names");
    }

    private String under(String locale) throws Exception {
        return new ChildJvm().withVariable("LC_ALL", locale).run(ShowNames.class, folder);
    }

    @Test
    void anArchiveIsReadAsUtf8WhateverTheLocale() throws Exception {
        archive("UTF-8");
        assertThat(under("C")).isEqualTo("2 names");
    }

    @Test
    void anArchiveInAnotherEncodingIsRefused() throws Exception {
        Path archive = archive("GBK");
        assertThatThrownBy(() -> new TarGzTree(archive).visit(path -> true, (path, bytes, content) -> {}))
                .isInstanceOf(Ascend4jException.class)
                .hasMessageStartingWith("expected names that can be decoded in " + archive + ", found '?");
    }

    private Path archive(String encoding) throws Exception {
        Path archive = folder.resolve("names.tar.gz");
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(archive)), encoding)) {
            for (String name : new String[] {"\u732B", "\u72D7"}) {
                TarArchiveEntry entry = new TarArchiveEntry(name + "/1.png");
                byte[] content = name.getBytes(StandardCharsets.UTF_8);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        return archive;
    }
}
