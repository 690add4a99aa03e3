package org.ascend4j.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.ascend4j.trainer.data.DataSplits;
import org.ascend4j.trainer.data.ImageSet;
import org.ascend4j.trainer.progress.EpochMetrics;
import org.ascend4j.trainer.progress.Evaluation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunReportTest {
    private static final ImageSet IMAGES = new ImageSet(1, 1, 1, new byte[1], new int[1], List.of("a"));
    private static final DataSplits DATA = new DataSplits(IMAGES, IMAGES);

    @TempDir
    private Path folder;

    private final Queue<Long> clock = new ArrayDeque<>();

    @Test
    void itTakesAHundredthOfARunAtMost() throws IOException {
        Files.writeString(folder.resolve("metrics.jsonl"), "");
        // The report is created at 0. The first epoch ends at 10 and its report takes 5 to write. At 514 fewer than 500
        // have passed since, at 515 exactly 500.
        clock.addAll(List.of(0L, 10L, 15L, 514L, 515L, 516L));
        try (RunReport report = new RunReport(folder, DATA, clock::remove)) {
            assertThat(isWrittenAfterAnEpoch(report)).isTrue();
            assertThat(isWrittenAfterAnEpoch(report)).isFalse();
            assertThat(isWrittenAfterAnEpoch(report)).isTrue();
            assertThat(clock).isEmpty();
            clock.add(517L);
            assertThat(isWrittenAfterAnEpoch(report)).isFalse();
        }
        assertThat(folder.resolve("report.html")).exists();
    }

    private boolean isWrittenAfterAnEpoch(RunReport report) throws IOException {
        Path page = folder.resolve("report.html");
        Files.deleteIfExists(page);
        report.epochDone(new EpochMetrics(1, 1, 1, null, null, 1, 1, null));
        return Files.exists(page);
    }

    @Test
    void anEvaluationReplacesTheWholeFileAtOnce() throws IOException {
        Files.writeString(folder.resolve("metrics.jsonl"), "");
        // A second name of the earlier file: it keeps its content if the new file takes only the name.
        Path evaluation = folder.resolve("evaluation.json");
        Path earlier = Files.createLink(folder.resolve("earlier"), Files.writeString(evaluation, "{}"));
        try (RunReport report = new RunReport(folder, DATA)) {
            report.evaluated(1, new Evaluation(0.5, new int[1], new int[1], new float[] {1}, 1, 1));
            report.epochDone(new EpochMetrics(1, 1, 1, null, null, 1, 1, null));
        }
        assertThat(earlier).hasContent("{}");
        assertThat(new ObjectMapper().readTree(evaluation.toFile()).get("loss").asDouble())
                .isEqualTo(0.5);
    }

    @Test
    void aReportThatCannotBeWrittenLosesNoRun() throws IOException {
        Files.writeString(folder.resolve("metrics.jsonl"), "");
        Files.createDirectories(folder.resolve("report.html/full"));
        try (RunReport report = new RunReport(folder, DATA)) {
            report.epochDone(new EpochMetrics(1, 1, 1, null, null, 1, 1, null));
        }
        assertThat(folder.resolve("report.html")).isDirectory();
    }
}
