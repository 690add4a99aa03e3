package org.ascend4j.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.ascend4j.trainer.progress.EpochMetrics;
import org.ascend4j.trainer.progress.Evaluated;
import org.ascend4j.trainer.progress.Evaluation;
import org.ascend4j.trainer.progress.RunEnd;
import org.ascend4j.trainer.progress.RunOutline;
import org.ascend4j.trainer.progress.RunResult;
import org.ascend4j.trainer.progress.StepMetrics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleTest {
    private static final long SECOND = 1_000_000_000L;

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
    void theRateIsThatOfTheLastTenToTwentySeconds() {
        long[] now = {0};
        RateMeter rate =
                new RateMeter(new RunOutline("m", 1, 1, 1000, 1000, 8, 101, 100, Evaluated.TEST), () -> now[0]);
        assertThat(rate.eta()).isEqualTo("?");
        now[0] = 2 * SECOND;
        rate.done(110);
        // 10 steps in 2 s from step 101 on; 890 steps remain.
        assertThat(rate.imagesPerSecond()).isEqualTo(40);
        assertThat(rate.eta()).isEqualTo("2:58");
        now[0] = 11 * SECOND;
        rate.done(210);
        now[0] = 12 * SECOND;
        rate.done(230);
        // 130 steps in 12 s: a step right after the end of a window does not stand for itself.
        assertThat(rate.imagesPerSecond()).isCloseTo(1040 / 12.0, within(1e-9));
        now[0] = 22 * SECOND;
        rate.done(320);
        now[0] = 23 * SECOND;
        rate.done(340);
        // From 11 s on.
        assertThat(rate.imagesPerSecond()).isCloseTo(1040 / 12.0, within(1e-9));
        now[0] = 63 * SECOND;
        rate.restart();
        now[0] = 65 * SECOND;
        rate.done(390);
        assertThat(rate.imagesPerSecond()).isEqualTo(200);
    }

    @Test
    void linesAreTheArticles() {
        long[] now = {0};
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PlainConsole console = new PlainConsole(new PrintStream(bytes, true, StandardCharsets.UTF_8), 2, () -> now[0]);
        console.started(new RunOutline("GoogLeNet", 1, 2, 3, 6, 10, 1, 0, Evaluated.TEST));
        now[0] = SECOND;
        console.stepsDone(List.of(step(1, 1, 2.5), step(2, 1, 2.25)));
        console.stepsDone(List.of(step(3, 1, 9)));
        console.epochDone(new EpochMetrics(1, 2.0004, 0.5, 1.5, 0.12345, 1.25, 24, null));
        now[0] = 2 * SECOND;
        console.stepsDone(List.of(step(4, 2, 1), step(5, 2, 2)));
        console.epochDone(new EpochMetrics(2, 1, 0.75, null, null, 3661, 24, null));
        console.finished(new RunResult(6, 2, 0.12345, 1, 4.5, RunEnd.DONE, Evaluated.TEST, null));
        console.finished(new RunResult(5, 1, null, 0, 61, RunEnd.INTERRUPTED, Evaluated.TEST, null));
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "[Epoch 1, Iteration 2] loss: 2.375  lr: 0.0500  20 img/s  ETA 2.0 s",
                        "Test accuracy for GoogLeNet at epoch 1: 12.35%",
                        "Epoch loss for GoogLeNet at epoch 1: 2.000  (train accuracy 50.00%, 1.3 s, 24 img/s)",
                        "[Epoch 2, Iteration 2] loss: 1.500  lr: 0.0500  20 img/s  ETA 0.5 s",
                        "Epoch loss for GoogLeNet at epoch 2: 1.000  (train accuracy 75.00%, 3661.0 s, 24 img/s)",
                        "Done after 6 steps (2 epochs, 4.5 s): best test accuracy 12.35% at epoch 1.",
                        "Stopped by a signal after 5 steps (1 epochs, 1:01): nothing was evaluated.");
    }

    @Test
    void stepsThatAreReadTogetherHaveTheRateOfAllOfThem() {
        long[] now = {0};
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PlainConsole console = new PlainConsole(new PrintStream(bytes, true, StandardCharsets.UTF_8), 2, () -> now[0]);
        console.started(new RunOutline("GoogLeNet", 1, 1, 12, 12, 10, 1, 0, Evaluated.TEST));
        // Longer than the time after which the rate is measured anew.
        now[0] = 20 * SECOND;
        console.stepsDone(List.of(step(1, 1, 1), step(2, 1, 1), step(3, 1, 1), step(4, 1, 1)));
        now[0] = 22 * SECOND;
        console.stepsDone(List.of(step(5, 1, 1), step(6, 1, 1), step(7, 1, 1), step(8, 1, 1)));
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines().map(line -> line.substring(line.indexOf("lr"))))
                .containsExactly(
                        "lr: 0.0500  2 img/s  ETA 40.0 s",
                        "lr: 0.0500  2 img/s  ETA 40.0 s",
                        "lr: 0.0500  4 img/s  ETA 11.0 s",
                        "lr: 0.0500  4 img/s  ETA 11.0 s");
    }

    @Test
    void linesNameWhatWasMeasured() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PlainConsole console = new PlainConsole(new PrintStream(bytes, true, StandardCharsets.UTF_8), 2, () -> 0);
        console.started(new RunOutline("GoogLeNet", 1, 2, 3, 6, 10, 1, 0, Evaluated.VALIDATION));
        console.epochDone(new EpochMetrics(1, 2, 0.5, 1.5, 0.25, null, null, 1, 24, null));
        console.tested(1, new Evaluation(1, new int[] {0, 1}, new int[] {0, 0}, new float[2], 2, 1));
        console.finished(new RunResult(9, 3, 0.25, 1, 4, RunEnd.OUT_OF_PATIENCE, Evaluated.VALIDATION, 0.5));
        console.finished(new RunResult(6, 2, 0.25, 1, 4, RunEnd.OUT_OF_PATIENCE, Evaluated.TEST, null));
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "Validation accuracy for GoogLeNet at epoch 1: 25.00%",
                        "Epoch loss for GoogLeNet at epoch 1: 2.000  (train accuracy 50.00%, 1.0 s, 24 img/s)",
                        "Test accuracy for GoogLeNet with the weights of epoch 1: 50.00%",
                        "Stopped after 9 steps (3 epochs, 4.0 s), because 2 epochs in a row brought no better accuracy:"
                                + " best validation accuracy 25.00% at epoch 1, test accuracy 50.00% with its weights.",
                        "Stopped after 6 steps (2 epochs, 4.0 s), because an epoch brought no better accuracy:"
                                + " best test accuracy 25.00% at epoch 1.");
        RunLine line = new RunLine(3, 15, 0.4251, 1.234, Evaluated.VALIDATION, 0.562, 219.4, "1:02:09");
        assertThat(line.fit(80)).contains(" validation 56.2%  ");
    }

    @Test
    void iterationsCountStepsOfThisRunsSize() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PlainConsole console = new PlainConsole(new PrintStream(bytes, true, StandardCharsets.UTF_8), 1, () -> 0);
        // Five steps of another size lead to the position at which the second of three steps begins.
        console.started(new RunOutline("GoogLeNet", 1, 2, 3, 10, 10, 6, 1, Evaluated.TEST));
        console.stepsDone(List.of(step(6, 1, 1), step(7, 1, 1), step(8, 2, 1)));
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines().map(line -> line.substring(0, 22)))
                .containsExactly("[Epoch 1, Iteration 2]", "[Epoch 1, Iteration 3]", "[Epoch 2, Iteration 1]");
    }

    @Test
    void theBarFitsTheTerminal() {
        RunLine line = new RunLine(3, 15, 0.4251, 1.234, Evaluated.TEST, 0.562, 219.4, "1:02:09");
        assertThat(line.fit(80))
                .isEqualTo("Epoch 3/15  42% [======        ] loss 1.234  test 56.2%  219 img/s  1:02:09 left")
                .hasSize(80);
        assertThat(line.fit(200)).contains("[" + "=".repeat(17) + " ".repeat(23) + "]");
        assertThat(line.fit(62)).isEqualTo("Epoch 3/15  42% loss 1.234  test 56.2%  219 img/s  1:02:09 lef");
        assertThat(new RunLine(1, 1, 1, 0, Evaluated.TEST, null, 0, "0.0 s").fit(80))
                .startsWith("Epoch 1/1 100% [====")
                .contains(" test -  ");
    }

    @Test
    void aTaskTellsWhatItHasDone() {
        assertThat(new TaskLine("downloading cifar.tar.gz", 42_000_000, 168_000_000).fit(80))
                .isEqualTo("downloading cifar.tar.gz  25% [=======                     ] 42.0 MB of 168.0 MB")
                .hasSizeLessThanOrEqualTo(80);
        assertThat(new TaskLine("drawing shapes", 6000, 6000).fit(30)).isEqualTo("drawing shapes 100% 6000 of 6000");
        assertThat(new TaskLine("reading photographs", 17, -1).fit(80)).isEqualTo("reading photographs 17");
    }

    private static StepMetrics step(long step, int epoch, double loss) {
        return new StepMetrics(step, epoch, loss, 0.05, 0.9);
    }
}
