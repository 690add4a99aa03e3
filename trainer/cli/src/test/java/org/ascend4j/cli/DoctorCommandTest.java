package org.ascend4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ascend4j.nativelib.support.Prerequisite;
import org.ascend4j.nativelib.support.Requires;
import org.ascend4j.runtime.TorchRuntime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DoctorCommandTest {
    private final StringWriter out = new StringWriter();

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
    void theCpuIsHealthyAndShownAsATable() {
        assertThat(run(new DoctorCommand())).isZero();
        assertThat(out.toString())
                .contains("presets              ok        pytorch 2.7.1-1.5.12, javacpp 1.5.12, made for torch 2.7.1")
                .contains("tensor               ok        64x16 by 16x32 matrices: all 2,048 values equal the CPU's")
                .endsWith("%ncpu works.%n".formatted());
    }

    /** The expected versions are those that {@code objdump -T} prints for the presets' libraries of this platform. */
    @Test
    @Requires(Prerequisite.LINUX_X86_64)
    void theCLibraryIsComparedWithTheLibrariesThatArePartOfAscend4J() {
        assertThat(run(new DoctorCommand())).isZero();
        assertThat(out.toString())
                .contains(" libtorch_cpu.so needs glibc 2.35, GLIBCXX_3.4.30")
                .contains(" libjnitorch.so needs glibc 2.34, GLIBCXX_3.4.30");
    }

    @Test
    void jsonHoldsTheSameChecks() throws IOException {
        assertThat(run(new DoctorCommand(), "--json")).isZero();
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.get("healthy").asBoolean()).isTrue();
        assertThat(json.get("problem").isNull()).isTrue();
        assertThat(names(json.get("checks"))).contains("Java", "presets", "libtorch", "CPU", "start", "tensor");
    }

    @Test
    void aBrokenTorchHomeIsNamedAndWhatDependsOnItIsNotTried() throws IOException {
        assertThat(run(new DoctorCommand(), "--json", "--torch-home", folder.toString()))
                .isEqualTo(1);
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.at("/problem/name").asText()).isEqualTo("torch home");
        assertThat(json.at("/problem/found").asText()).contains(folder.toString(), "found none");
        assertThat(json.at("/problem/remedy").asText()).contains("--torch-home");
        for (JsonNode check : json.get("checks")) {
            if (check.get("name").asText().equals("start")) {
                assertThat(check.get("status").asText()).isEqualTo("not tried");
                assertThat(check.get("found").asText()).isEqualTo("needs: libtorch");
            }
        }
    }

    private static List<String> names(JsonNode rows) {
        List<String> names = new ArrayList<>();
        rows.forEach(row -> names.add(row.get("name").asText()));
        return names;
    }

    private int run(Object command, String... arguments) {
        return new CommandLine(command)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(new StringWriter()))
                .execute(arguments);
    }
}
