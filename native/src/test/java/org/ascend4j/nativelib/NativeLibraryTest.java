package org.ascend4j.nativelib;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ascend4j.nativelib.support.ChildJvm;
import org.ascend4j.nativelib.support.Prerequisite;
import org.ascend4j.nativelib.support.Requires;
import org.ascend4j.nativelib.support.TorchHome;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NativeLibraryTest {
    private static final String LIBRARY = "libjniascend4j.so";

    @Test
    void aBuildWithoutTheLibrarySaysWhatIsNeededEachTime(@TempDir Path folder) throws Exception {
        String output = new ChildJvm().withClassPath(classPath(folder, false)).run(LoadScenario.class);
        String sentence = "the JNI library of Ascend4J expected in this build as ";
        assertThat(output.lines())
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("available false"),
                        line -> assertThat(line)
                                .startsWith("missing " + sentence)
                                .contains("native/README.md"),
                        line -> assertThat(line).startsWith("Ascend4jException " + sentence),
                        line -> assertThat(line).startsWith("Ascend4jException " + sentence));
    }

    @Test
    void aLibraryThatDoesNotLoadKeepsTheCause(@TempDir Path folder) throws Exception {
        String output = new ChildJvm().withClassPath(classPath(folder, true)).run(LoadScenario.class);
        assertThat(output)
                .startsWith("available false\nmissing the JNI library of Ascend4J does not load: ")
                .contains(LIBRARY + ": ")
                .contains("file too short");
    }

    /** Every symbol is bound when the library is loaded (-z now), so a successful load proves that it matches libtorch. */
    @Requires(Prerequisite.NATIVE)
    @Nested
    final class OnThePresetsLibtorch {
        @Test
        void itLoads() throws Exception {
            assertThat(new ChildJvm().run(LoadScenario.class)).isEqualTo("available true\n");
        }
    }

    @Requires({Prerequisite.NATIVE, Prerequisite.TORCH_HOME})
    @Nested
    final class OnTheWheelsLibtorch {
        @Test
        void itLoads() throws Exception {
            TorchHome home = TorchHome.find().orElseThrow();
            assertThat(new ChildJvm().withTorch(home).run(LoadScenario.class)).isEqualTo("available true\n");
        }
    }

    /** Returns the class path with a copy of this module's classes, in which the library is missing or broken. */
    private static String classPath(Path folder, boolean broken) throws IOException {
        // Through a URI, because a space in a URL is encoded as %20.
        Path classes = Path.of(URI.create(NativeLibrary.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString()));
        Path copy = folder.resolve("classes");
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = copy.resolve(classes.relativize(file));
                Files.createDirectories(target.getParent());
                if (!file.endsWith(LIBRARY)) {
                    Files.copy(file, target);
                }
            }
        }
        if (broken) {
            Path library = copy.resolve("org/ascend4j/nativelib/jni")
                    .resolve(org.bytedeco.javacpp.Loader.getPlatform())
                    .resolve(LIBRARY);
            Files.createDirectories(library.getParent());
            Files.writeString(library, "none");
        }
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).equals(classes) ? copy.toString() : entry)
                .collect(Collectors.joining(File.pathSeparator));
    }
}
