package org.ascend4j.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.ascend4j.Ascend4jException;
import org.junit.jupiter.api.Test;

class DoctorTest {
    private final List<String> tried = new ArrayList<>();

    @Test
    void checksWhoseGroundFailedAreNotTriedAndOthersAre() {
        Diagnosis diagnosis = Doctor.examine(
                List.of(
                        check("home", Finding.failed("none", "set it")),
                        check("library", Finding.ok("there"), "home"),
                        check("device", Finding.ok("there"), "library"),
                        check("driver", Finding.ok("there"))),
                row -> {});
        assertThat(tried).containsExactly("home", "driver");
        assertThat(diagnosis.rows())
                .extracting(row -> row.finding().status())
                .containsExactly(Status.FAILED, Status.NOT_TRIED, Status.NOT_TRIED, Status.OK);
        assertThat(diagnosis.rows().get(2).finding().found()).isEqualTo("needs: library");
        assertThat(diagnosis.isHealthy()).isFalse();
        assertThat(diagnosis.firstProblem()).contains(diagnosis.rows().get(0));
    }

    @Test
    void warningsAndAbsencesAreGroundEnough() {
        Diagnosis diagnosis = Doctor.examine(
                List.of(
                        check("version", Finding.warning("old", "renew")),
                        check("driver", Finding.absent("none", "mount")),
                        check("device", Finding.ok("works"), "version", "driver")),
                row -> {});
        assertThat(tried).containsExactly("version", "driver", "device");
        assertThat(diagnosis.isHealthy()).isTrue();
        assertThat(diagnosis.firstProblem()).isEmpty();
        assertThat(verdict(diagnosis)).contains("npu:0 works. What is absent above is not needed");
    }

    @Test
    void aFailedStartIsExplainedByWhatWasAbsent() {
        Diagnosis diagnosis = Doctor.examine(
                List.of(
                        check("driver", Finding.absent("no driver", "mount it")),
                        check(
                                "start",
                                Finding.failed("aclInit failed", "see the log").maybeAbsence())),
                row -> {});
        assertThat(diagnosis.firstProblem()).contains(diagnosis.rows().get(0));
        assertThat(verdict(diagnosis))
                .contains("Problem: driver: no driver", "Shows as: start: aclInit failed", "Do this: mount it");
    }

    @Test
    void aFailureOfAnotherKindIsNotBlamedOnAnAbsence() {
        Diagnosis diagnosis = Doctor.examine(
                List.of(
                        check("driver", Finding.absent("no driver", "mount it")),
                        check("start", Finding.failed("chip unknown", "newer torch_npu"))),
                row -> {});
        assertThat(verdict(diagnosis))
                .contains("Problem: start: chip unknown", "Do this: newer torch_npu")
                .doesNotContain("mount");
    }

    @Test
    void aUsersProblemBecomesAFailureWithItsRemedy() {
        Check check = new Check("home", () -> {
            throw new Ascend4jException("expects torch, found none; also broken; run pip");
        });
        assertThat(Doctor.examine(List.of(check), row -> {}).rows().get(0).finding())
                .isEqualTo(Finding.failed("expects torch, found none; also broken", "run pip"));
    }

    @Test
    void jsonSaysWhatTheTableSays() {
        Diagnosis diagnosis = Doctor.examine(
                List.of(check("CANN", Finding.failed("unset", "source it")), check("start", Finding.ok(""), "CANN")),
                row -> {});
        assertThat(DiagnosisJson.of("npu:0", diagnosis))
                .hasToString(
                        "{\"device\":\"npu:0\",\"healthy\":false,\"checks\":["
                                + "{\"name\":\"CANN\",\"status\":\"failed\",\"found\":\"unset\",\"remedy\":\"source it\"},"
                                + "{\"name\":\"start\",\"status\":\"not tried\",\"found\":\"needs: CANN\",\"remedy\":\"\"}],"
                                + "\"problem\":{\"name\":\"CANN\",\"status\":\"failed\",\"found\":\"unset\",\"remedy\":\"source it\"}}");
    }

    @Test
    void rowsAreAlignedAndWarningsCarryTheirRemedy() {
        StringWriter text = new StringWriter();
        new DiagnosisTable(new PrintWriter(text)).row(new Row("driver", Finding.warning("one\ntwo", "mount")));
        assertThat(text)
                .hasToString("driver               warning   one%n%s two%n%s -> mount%n"
                        .formatted(" ".repeat(30), " ".repeat(30)));
    }

    private Check check(String name, Finding finding, String... needs) {
        return new Check(name, List.of(needs), () -> {
            tried.add(name);
            return finding;
        });
    }

    private static String verdict(Diagnosis diagnosis) {
        StringWriter text = new StringWriter();
        new DiagnosisTable(new PrintWriter(text)).verdict("npu:0", diagnosis);
        return text.toString();
    }
}
