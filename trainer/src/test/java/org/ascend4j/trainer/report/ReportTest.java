package org.ascend4j.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ascend4j.Ascend4jException;
import org.ascend4j.nativelib.support.Prerequisite;
import org.ascend4j.nativelib.support.Requires;
import org.ascend4j.trainer.progress.EpochMetrics;
import org.ascend4j.trainer.progress.Evaluation;
import org.ascend4j.trainer.progress.StepMetrics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    @TempDir
    private Path folder;

    @Test
    @Requires(Prerequisite.LINUX)
    void aFullDiskIsToldInASentence() throws IOException {
        Path full = Path.of("/dev/full");
        Path file = Files.createSymbolicLink(folder.resolve("metrics.jsonl"), full);
        MetricsFile metrics = MetricsFile.open(file, 0, 0);
        assertThatThrownBy(() -> metrics.stepsDone(List.of(new StepMetrics(1, 1, 2.5f, 0.1, 0.9))))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("metrics file " + file + " cannot be written: No space left on device;"
                        + " set --output to a writable folder with free space");
        // JUnit warns about links that lead out of the folders it deletes.
        Files.delete(file);
    }

    @Test
    void aMissingFolderIsToldInASentence() {
        Path file = folder.resolve("missing/metrics.jsonl");
        assertThatThrownBy(() -> MetricsFile.open(file, 0, 0))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("metrics file " + file + " cannot be written: there is no " + file
                        + "; set --output to a writable folder with free space");
    }

    @Test
    void metricsGoOnBehindTheCheckpoint() throws IOException {
        Path file = folder.resolve("metrics.jsonl");
        Files.writeString(
                file,
                """
                {"step":1,"epoch":1,"loss":1.0,"lr":0.1,"momentum":0.9}
                {"epoch":1,"train_loss":1.0}
                {"step":2,"epoch":2,"loss":1.0,"lr":0.1,"momentum":0.9}
                {"step":3,"epoch":2,"loss":1.0,"lr":0.1,"momentum":0.9}
                {"epoch":2,"train_loss":1.0}
                {"step":4,"ep""");
        try (MetricsFile metrics = MetricsFile.open(file, 2, 1)) {
            metrics.stepsDone(List.of(new StepMetrics(3, 2, 0.5, 0.1, 0.9)));
            // The lines can be read immediately, not only after the file is closed.
            assertThat(Files.readAllLines(file)).hasSize(4);
            metrics.epochDone(new EpochMetrics(2, 0.5, 1, 0.25, 0.75, 2, 3, 1024L));
        }
        assertThat(file)
                .hasContent(
                        """
                        {"step":1,"epoch":1,"loss":1.0,"lr":0.1,"momentum":0.9}
                        {"epoch":1,"train_loss":1.0}
                        {"step":2,"epoch":2,"loss":1.0,"lr":0.1,"momentum":0.9}
                        {"step":3,"epoch":2,"loss":0.5,"lr":0.1,"momentum":0.9}
                        {"epoch":2,"train_loss":0.5,"train_accuracy":1.0,"test_loss":0.25,"test_accuracy":0.75,"seconds":2.0,"images_per_second":3.0,"memory_bytes":1024}
                        """);
    }

    @Test
    void theTestOfTheBestWeightsIsTheLastLineAndIsWrittenAgain() throws IOException {
        Path file = folder.resolve("metrics.jsonl");
        Evaluation test = new Evaluation(1.5, new int[] {0, 1}, new int[] {0, 0}, new float[2], 2, 1);
        EpochMetrics epoch = new EpochMetrics(1, 0.5, 1, 0.25, 0.75, null, null, 2, 3, null);
        String epochLine = "{\"epoch\":1,\"train_loss\":0.5,\"train_accuracy\":1.0,\"validation_loss\":0.25,"
                + "\"validation_accuracy\":0.75,\"seconds\":2.0,\"images_per_second\":3.0}";
        String finalLine = "{\"final\":true,\"epoch\":1,\"test_loss\":1.5,\"test_accuracy\":0.5}";
        try (MetricsFile metrics = MetricsFile.open(file, 0, 0)) {
            metrics.epochDone(epoch);
            metrics.tested(1, test);
        }
        assertThat(Files.readAllLines(file)).containsExactly(epochLine, finalLine);
        MetricsFile.open(file, 3, 1).close();
        assertThat(Files.readAllLines(file)).containsExactly(epochLine);
    }

    @Test
    void theConfusionMatrixCountsActualAgainstPredicted() {
        int[] labels = {0, 0, 0, 1, 1, 2};
        // The output 7 is no class: the model has more outputs than classes.
        int[] predictions = {0, 0, 1, 1, 7, 0};
        Evaluation evaluation = new Evaluation(1.5, predictions, labels, new float[6], 5, 1);
        ConfusionMatrix matrix = new ConfusionMatrix(evaluation, List.of("cat", "dog", "a-very-long-name"));
        assertThat(evaluation.hits()).isEqualTo(3);
        assertThat(evaluation.accuracy()).isEqualTo(0.5);
        assertThat(matrix.count(0, 1)).isEqualTo(1);
        assertThat(matrix.count(1, 0)).isZero();
        assertThat(matrix.count(1, 3)).isEqualTo(1);
        assertThat(matrix.classTable())
                .isEqualTo(
                        """
                        class         images   recall  precision       F1
                        cat                3   66.67%     66.67%   66.67%
                        dog                2   50.00%     50.00%   50.00%
                        a-very-long…       1    0.00%      0.00%    0.00%
                        macro mean         6   38.89%     38.89%   38.89%
                        weighted           6   50.00%     50.00%   50.00%""");
        assertThat(matrix.table())
                .isEqualTo(
                        """
                        actual          cat    dog a-very
                        cat               2      1      0
                        dog               0      1      0
                        a-very-long…      1      0      0""");
    }
}
