package org.ascend4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests which jar the launcher chooses in a checkout, with a fake Java that prints its arguments. */
class LauncherJarTest {
    @TempDir
    private Path checkout;

    @Test
    void theJarThatWasBuiltLastIsRunWhateverLiesBesideIt() throws Exception {
        Path target = Files.createDirectories(checkout.resolve("trainer/cli/target"));
        // Sorted by name, two other versions come first and one comes last.
        for (String version : List.of("0.0.9", "0.1.0-RC1", "0.1.0-SNAPSHOT", "0.2.0")) {
            Files.createFile(target.resolve("ascend4j-cli-" + version + ".jar"));
        }
        Path library = Files.createFile(checkout.resolve("library.jar"));
        Files.writeString(target.resolve("classpath.txt"), library.toString());
        Files.writeString(target.resolve("built"), "ascend4j-cli-0.1.0-SNAPSHOT.jar");
        assertThat(launch()).contains("-cp " + target.resolve("ascend4j-cli-0.1.0-SNAPSHOT.jar") + ":" + library + " ");
    }

    private String launch() throws IOException, InterruptedException {
        Files.copy(Path.of("../../ascend4j"), checkout.resolve("ascend4j"));
        Path java = Files.createDirectories(checkout.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(checkout.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
        ProcessBuilder builder =
                new ProcessBuilder("bash", checkout.resolve("ascend4j").toString()).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", checkout.resolve("jdk").toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
