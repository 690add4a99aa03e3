package org.ascend4j.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process can select its libtorch only once, so each case has a separate process. */
@Tag("slow")
class TorchRuntimeTest {
    private static final Path EXTRACTED = JavaCppCache.shared(System.getenv());

    @TempDir
    private Path folder;

    /** Saves JavaCPP from extracting libtorch again for each cache. */
    @BeforeEach
    void linkCaches() throws IOException {
        Files.createDirectories(EXTRACTED);
        for (Path link : links()) {
            Files.createSymbolicLink(link, EXTRACTED);
        }
    }

    @AfterEach
    void removeLinks() throws IOException {
        for (Path link : links()) {
            Files.delete(link);
        }
    }

    private List<Path> links() {
        String suffix = JavaCppCache.of(LateChoice.HOME)
                .toString()
                .substring(EXTRACTED.toString().length());
        return List.of(folder.resolve("cache"), folder.resolve("cache" + suffix));
    }

    @ParameterizedTest
    @EnumSource(
            value = LateChoice.class,
            names = {"JAVACPP_LOADED", "LIBTORCH_LOADED", "JAVACPP_INITIALISED"})
    void aTorchHomeThatComesTooLateIsRefused(LateChoice choice) throws Exception {
        assertThat(run(choice))
                .startsWith(
                        "torch home /env/torch expects to be chosen before anything loads libtorch or another library"
                                + " of JavaCPP, found ")
                .endsWith("; open the device first");
    }

    @Test
    void theSameTorchHomeTwiceIsOneChoice() throws Exception {
        assertThat(run(LateChoice.TWICE)).isEqualTo("accepted");
    }

    @Test
    void aMainWithinALayerIsTheCauseThatIsTold() throws Exception {
        assertThat(run(MainInLayer.class, ""))
                .startsWith(
                        "torch home /env/torch expects to be chosen before anything loads libtorch or another library"
                                + " of JavaCPP, found ")
                .endsWith("; the class org.ascend4j.runtime.MainInLayer extends org.ascend4j.nn.Layer, so Java loaded"
                        + " libtorch before it ran main: move main to a class of its own");
    }

    private String run(LateChoice choice) throws Exception {
        return run(LateChoice.class, choice.name());
    }

    private String run(Class<?> program, String argument) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dorg.bytedeco.javacpp.cachedir=" + folder.resolve("cache"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName(),
                        argument)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output.strip();
    }
}
