package org.ascend4j.cli.certify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ascend4j.Ascend4jException;
import org.ascend4j.cli.certify.Certification.Result;
import org.ascend4j.cli.doctor.Diagnosis;
import org.ascend4j.cli.doctor.Finding;
import org.ascend4j.cli.doctor.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificationTest {
    @TempDir
    private Path folder;

    @Test
    void lossesAreComparedStepByStep() {
        assertThat(LossCurves.largestDifference(List.of(1.0, 2.2), List.of(1.0, 2.0)))
                .isCloseTo(0.1, within(1e-12));
        assertThat(LossCurves.largestDifference(List.of(1.0), List.of(1.0, 2.0)))
                .isInfinite();
        assertThat(LossCurves.largestDifference(List.of(Double.NaN), List.of(1.0)))
                .isNaN();
    }

    @Test
    void aTrialThatBreaksDownHasFailedWithTheProblemsName() {
        assertThat(Certification.attempt(trial(new Ascend4jException("too small")), null)
                        .summary())
                .isEqualTo("too small");
        Outcome outcome = Certification.attempt(
                trial(new RuntimeException("aclnnBatchNorm or aclnnBatchNormGetWorkspaceSize not in libopapi.so")),
                null);
        assertThat(outcome.passed()).isFalse();
        assertThat(outcome.summary()).contains("CANN is too old");
    }

    @Test
    void theReportHoldsEveryFigureAndTheVerdict() throws IOException {
        Diagnosis healthy = new Diagnosis(List.of(new Row("name", Finding.ok("Ascend910B1"))));
        Result passed = new Result("parity", new Outcome(true, "equal").with("largest_relative_difference", 1e-7));
        Result failed = new Result("memory", new Outcome(false, "grows").with("used_after", 4096L));

        new Certificate("npu:0", healthy, List.of(passed)).write(folder);
        assertThat(json().get("passed").asBoolean()).isTrue();
        assertThat(json().at("/doctor/checks/0/found").asText()).isEqualTo("Ascend910B1");
        assertThat(json().at("/trials/0/figures/largest_relative_difference").asDouble())
                .isEqualTo(1e-7);
        assertThat(folder.resolve("certify.txt"))
                .content()
                .contains("parity               passed    equal")
                .endsWith("PASSED\n");

        new Certificate("npu:0", healthy, List.of(passed, failed)).write(folder);
        assertThat(json().get("passed").asBoolean()).isFalse();
        assertThat(json().at("/trials/1/figures/used_after").asLong()).isEqualTo(4096);
        assertThat(folder.resolve("certify.txt"))
                .content()
                .contains("memory               failed    grows")
                .endsWith("FAILED\n");

        Diagnosis ill = new Diagnosis(List.of(new Row("CANN", Finding.failed("unset", "source it"))));
        new Certificate("npu:0", ill, List.of()).write(folder);
        assertThat(json().get("passed").asBoolean()).isFalse();
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(Files.readString(folder.resolve("certify.json")));
    }

    private static Trial trial(RuntimeException failure) {
        return new Trial() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public Outcome run(Candidate candidate) {
                throw failure;
            }
        };
    }
}
