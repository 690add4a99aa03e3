package org.ascend4j.cli.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ascend4j.Ascend4jException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageArgumentsTest {
    private final ImageArguments images = new ImageArguments(InputStream.nullInputStream());

    @TempDir
    private Path folder;

    @Test
    void foldersStandForTheImageFilesBelowThem() throws IOException {
        Files.createDirectories(folder.resolve("deep/er"));
        for (String name : List.of("b.PNG", "a.jpeg", "notes.txt", "deep/er/c.webp", "png")) {
            Files.writeString(folder.resolve(name), "");
        }
        assertThat(images.names(List.of(
                        "-",
                        folder.toString(),
                        "/no/such.png",
                        folder.resolve("notes.txt").toString())))
                .containsExactly(
                        "-",
                        folder.resolve("a.jpeg").toString(),
                        folder.resolve("b.PNG").toString(),
                        folder.resolve("deep/er/c.webp").toString(),
                        "/no/such.png",
                        folder.resolve("notes.txt").toString());
    }

    @Test
    void aFolderWithoutImagesIsToldInASentence() {
        assertThatThrownBy(() -> images.names(List.of(folder.toString())))
                .isInstanceOf(Ascend4jException.class)
                .hasMessageStartingWith("folder " + folder + " expects images (bmp, ")
                .hasMessageEndingWith("), found none");
    }
}
