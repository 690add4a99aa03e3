package org.ascend4j.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenMpLinkTest {
    @TempDir
    private Path site;

    @Test
    void namesTheCopyOfAnAarch64WheelAsThePresetsDo() throws IOException {
        Path torch = Files.createDirectories(site.resolve("torch"));
        Files.createDirectories(torch.resolve("lib"));
        Path library = write(site.resolve("torch.libs/libgomp-58a43326.so.1.0.0"));

        Path folder = OpenMpLink.make(torch, site.resolve("cache")).orElseThrow();

        assertThat(folder.resolve("libgomp.so.1").toRealPath()).isEqualTo(library.toRealPath());
    }

    @Test
    void replacesTheLinkOfAnotherEnvironment() throws IOException {
        write(site.resolve("a/torch/lib/libgomp.so.1"));
        Path second = write(site.resolve("b/torch/lib/libgomp.so.1"));
        OpenMpLink.make(site.resolve("a/torch"), site.resolve("cache"));

        OpenMpLink.make(site.resolve("b/torch"), site.resolve("cache"));

        assertThat(site.resolve("cache/libgomp.so.1").toRealPath()).isEqualTo(second.toRealPath());
        assertThat(site.resolve("cache")).isDirectoryNotContaining(file -> !file.endsWith("libgomp.so.1"));
    }

    @Test
    void leavesAWheelWithoutOpenMpAlone() throws IOException {
        Files.createDirectories(site.resolve("torch/lib"));

        assertThat(OpenMpLink.make(site.resolve("torch"), site.resolve("cache")))
                .isEmpty();
        assertThat(site.resolve("cache")).doesNotExist();
    }

    private static Path write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "");
    }
}
