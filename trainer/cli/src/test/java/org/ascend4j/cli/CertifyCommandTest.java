package org.ascend4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.ascend4j.runtime.TorchRuntime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Tag("slow")
class CertifyCommandTest {
    @TempDir
    private Path folder;

    private int threads;

    @BeforeEach
    void remember() {
        TorchRuntime.load();
        threads = TorchRuntime.threads();
    }

    @AfterEach
    void restore() {
        TorchRuntime.setThreads(threads);
    }

    @Test
    void theCpuPassesItsOwnCertification() throws IOException {
        assertThat(run(("--threads 1 --steps 2 --batch-size 2 --output " + folder.resolve("report")).split(" ")))
                .isZero();
        JsonNode json = new ObjectMapper()
                .readTree(folder.resolve("report/certify.json").toFile());
        assertThat(json.get("passed").asBoolean()).isTrue();
        assertThat(json.get("trials"))
                .extracting(trial -> trial.get("name").asText())
                .containsExactly(
                        "parity",
                        "training",
                        "precision fp32",
                        "precision fp16",
                        "precision bf16",
                        "memory",
                        "resume",
                        "determinism",
                        "graph",
                        "speed fp32",
                        "speed fp16",
                        "speed bf16");
        assertThat(json.at("/trials/0/figures/device_losses")).hasSize(2);
        assertThat(json.at("/trials/6/figures/largest_relative_difference").asDouble())
                .isZero();
        assertThat(json.at("/trials/9/figures/images_per_second").asDouble()).isPositive();
    }

    @Test
    void aCertificationOfNoStepsIsWrongUsage() {
        assertThat(run("--steps", "0")).isEqualTo(2);
    }

    private int run(String... arguments) {
        return new CommandLine(new CertifyCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(new StringWriter()))
                .execute(arguments);
    }
}
