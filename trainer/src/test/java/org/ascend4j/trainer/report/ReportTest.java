package org.ascend4j.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ascend4j.Ascend4jException;
import org.ascend4j.nativelib.support.Prerequisite;
import org.ascend4j.nativelib.support.Requires;
import org.ascend4j.trainer.train.EpochMetrics;
import org.ascend4j.trainer.train.Evaluation;
import org.ascend4j.trainer.train.RunOutline;
import org.ascend4j.trainer.train.RunResult;
import org.ascend4j.trainer.train.StepMetrics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportTest {
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "0, 0.0 s",
        "5.24, 5.2 s",
        "59.94, 59.9 s",
        "59.96, 1:00",
        "60, 1:00",
        "186.6, 3:07",
        "3729, 1:02:09",
        "3599.6, 1:00:00"
    })
    void durationsAreReadable(double seconds, String text) {
        assertThat(Durations.print(seconds)).isEqualTo(text);
    }

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
        // JUnit warns of links that lead out of the folders it removes.
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
    void theRateIsThatOfTheLastTenSeconds() {
        long[] now = {0};
        RateMeter rate = new RateMeter(new RunOutline("m", 1, 1000, 1000, 8, 101, 100), () -> now[0]);
        assertThat(rate.eta()).isEqualTo("?");
        now[0] = 2 * SECOND;
        rate.done(110);
        // 10 steps in 2 s from step 101 on, 890 to go.
        assertThat(rate.imagesPerSecond()).isEqualTo(40);
        assertThat(rate.eta()).isEqualTo("2:58");
        now[0] = 11 * SECOND;
        rate.done(210);
        now[0] = 12 * SECOND;
        rate.done(230);
        // A new window began at 11 s.
        assertThat(rate.imagesPerSecond()).isEqualTo(160);
    }

    @Test
    void linesAreTheArticles() {
        long[] now = {0};
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PlainConsole console = new PlainConsole(new PrintStream(bytes, true, StandardCharsets.UTF_8), 2, () -> now[0]);
        console.started(new RunOutline("GoogLeNet", 2, 3, 6, 10, 1, 0));
        now[0] = SECOND;
        console.stepsDone(List.of(step(1, 1, 2.5), step(2, 1, 2.25)));
        console.stepsDone(List.of(step(3, 1, 9)));
        console.epochDone(new EpochMetrics(1, 2.0004, 0.5, 1.5, 0.12345, 1.25, 24));
        now[0] = 2 * SECOND;
        console.stepsDone(List.of(step(4, 2, 1), step(5, 2, 2)));
        console.epochDone(new EpochMetrics(2, 1, 0.75, null, null, 3661, 24));
        console.finished(new RunResult(6, 2, 0.12345, 1, 4.5, false));
        console.finished(new RunResult(5, 1, null, 0, 61, true));
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "[Epoch 1, Iteration 2] loss: 2.375  lr: 0.0500  20 img/s  ETA 2.0 s",
                        "Test accuracy for GoogLeNet at epoch 1: 12.35%",
                        "Epoch loss for GoogLeNet at epoch 1: 2.000  (train accuracy 50.00%, 1.3 s, 24 img/s)",
                        "[Epoch 2, Iteration 2] loss: 1.500  lr: 0.0500  25 img/s  ETA 0.4 s",
                        "Epoch loss for GoogLeNet at epoch 2: 1.000  (train accuracy 75.00%, 3661.0 s, 24 img/s)",
                        "Done after 6 steps (2 epochs, 4.5 s): best test accuracy 12.35% at epoch 1.",
                        "Stopped by a signal after 5 steps (1 epochs, 1:01): nothing was evaluated.");
    }

    @Test
    void iterationsCountStepsOfThisRunsSize() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PlainConsole console = new PlainConsole(new PrintStream(bytes, true, StandardCharsets.UTF_8), 1, () -> 0);
        // Five steps of another size have led to where the second of three steps begins.
        console.started(new RunOutline("GoogLeNet", 2, 3, 10, 10, 6, 1));
        console.stepsDone(List.of(step(6, 1, 1), step(7, 1, 1), step(8, 2, 1)));
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines().map(line -> line.substring(0, 22)))
                .containsExactly("[Epoch 1, Iteration 2]", "[Epoch 1, Iteration 3]", "[Epoch 2, Iteration 1]");
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
            // Readable at once, not only when the file is closed.
            assertThat(Files.readAllLines(file)).hasSize(4);
            metrics.epochDone(new EpochMetrics(2, 0.5, 1, 0.25, 0.75, 2, 3));
        }
        assertThat(file)
                .hasContent(
                        """
                        {"step":1,"epoch":1,"loss":1.0,"lr":0.1,"momentum":0.9}
                        {"epoch":1,"train_loss":1.0}
                        {"step":2,"epoch":2,"loss":1.0,"lr":0.1,"momentum":0.9}
                        {"step":3,"epoch":2,"loss":0.5,"lr":0.1,"momentum":0.9}
                        {"epoch":2,"train_loss":0.5,"train_accuracy":1.0,"test_loss":0.25,"test_accuracy":0.75,"seconds":2.0,"images_per_second":3.0}
                        """);
    }

    @Test
    void theConfusionMatrixCountsActualAgainstPredicted() {
        int[] labels = {0, 0, 0, 1, 1, 2};
        // 7: an output that is no class, of a model with more outputs than classes.
        int[] predictions = {0, 0, 1, 1, 7, 0};
        Evaluation evaluation = new Evaluation(1.5, predictions, labels, 1);
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
                        a-very-long…       1    0.00%      0.00%    0.00%""");
        assertThat(matrix.table())
                .isEqualTo(
                        """
                        actual          cat    dog a-very
                        cat               2      1      0
                        dog               0      1      0
                        a-very-long…      1      0      0""");
    }

    private static StepMetrics step(long step, int epoch, double loss) {
        return new StepMetrics(step, epoch, loss, 0.05, 0.9);
    }
}
