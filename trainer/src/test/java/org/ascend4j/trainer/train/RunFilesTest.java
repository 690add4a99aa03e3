package org.ascend4j.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.DOUBLE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ascend4j.Ascend4jException;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.trainer.checkpoint.Checkpoint;
import org.ascend4j.trainer.engine.OutputFolder;
import org.ascend4j.trainer.engine.RunStart;
import org.ascend4j.trainer.progress.EpochMetrics;
import org.ascend4j.trainer.progress.RunResult;
import org.ascend4j.trainer.progress.StepMetrics;
import org.ascend4j.trainer.progress.TrainingListener;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests which files a run writes to its output folder, and when. */
@Tag("slow")
class RunFilesTest {
    @AutoClose
    private static final DeviceBackend CPU = TinyRun.cpu();

    @TempDir
    private Path folder;

    @Test
    void metricsAreOneObjectALine() throws IOException {
        TinyRun.training(CPU, settings("epochs=1")).run();
        List<String> lines = Files.readAllLines(folder.resolve("metrics.jsonl"));
        String number = "-?[0-9.E-]+";
        assertThat(lines).hasSize(4);
        for (int step = 1; step <= 3; step++) {
            assertThat(lines.get(step - 1))
                    .matches("\\{\"step\":" + step + ",\"epoch\":1,\"loss\":" + number + ",\"lr\":" + number
                            + ",\"momentum\":" + number + "}");
        }
        assertThat(lines.get(3))
                .matches("\\{\"epoch\":1,\"train_loss\":" + number + ",\"train_accuracy\":" + number
                        + ",\"test_loss\":" + number + ",\"test_accuracy\":" + number + ",\"seconds\":" + number
                        + ",\"images_per_second\":" + number + ",\"memory_bytes\":[0-9]+}");
        double meanLoss = TinyRun.metrics(folder).stream()
                .filter(line -> line.has("step"))
                .mapToDouble(line -> line.get("loss").asDouble())
                .average()
                .orElseThrow();
        assertThat(TinyRun.metrics(folder).get(3).get("train_loss").asDouble()).isEqualTo(meanLoss);
    }

    @Test
    void theTimeOfAnEpochHoldsTheWaitForItsLastResults() {
        // A device other than the host, whose results are read together at the end of a short epoch.
        DeviceBackend device = (DeviceBackend) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {DeviceBackend.class},
                (proxy, method, arguments) ->
                        method.getName().equals("isHost") ? false : method.invoke(CPU, arguments));
        List<Double> seconds = new ArrayList<>();
        TinyRun.training(device, settings("epochs=1").withMaxSteps(1).withEvaluate(false))
                .listener(new TrainingListener() {
                    @Override
                    public void stepsDone(List<StepMetrics> steps) {
                        pause(500);
                    }

                    @Override
                    public void epochDone(EpochMetrics epoch) {
                        seconds.add(epoch.seconds());
                    }
                })
                .run();
        assertThat(seconds).singleElement(DOUBLE).isGreaterThanOrEqualTo(0.5);
    }

    @Test
    void withoutEvaluationNothingIsSaidOfTheTest() throws IOException {
        RunResult result =
                TinyRun.training(CPU, settings("epochs=1").withEvaluate(false)).run();
        assertThat(TinyRun.metrics(folder).get(3).properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("epoch", "train_loss", "train_accuracy");
        assertThat(result.bestAccuracy()).isNull();
        assertThat(folder.resolve("best.ckpt")).doesNotExist();
        assertThat(folder.resolve("last.ckpt")).exists();
    }

    @Test
    void checkpointsComeWhenAsked() {
        List<Long> saved = new ArrayList<>();
        TinyRun.training(CPU, settings().withCheckpointEvery(2).withEvaluate(false))
                .listener(new TrainingListener() {
                    @Override
                    public void stepsDone(List<StepMetrics> steps) {
                        saved.add(Files.exists(folder.resolve("last.ckpt")) ? step(folder.resolve("last.ckpt")) : 0L);
                    }
                })
                .run();
        // Recorded at each step, before its own checkpoint: the checkpoints of steps 2 and 4, and of the epoch's end at
        // step 3.
        assertThat(saved).containsExactly(0L, 0L, 2L, 3L, 4L, 4L);
        assertThat(step(folder.resolve("last.ckpt"))).isEqualTo(6);
    }

    @Test
    void theCheckpointThatARunGoesOnFromBecomesThePreviousOne() {
        RunSettings settings = settings("epochs=1").withEvaluate(false);
        TinyRun.training(CPU, settings.withMaxSteps(1)).run();
        // The path may be written in another form.
        Path last = folder.resolve(".").resolve("last.ckpt");
        TinyRun.training(CPU, settings.withMaxSteps(2)).resumeFrom(last).run();
        assertThat(step(folder.resolve("last.ckpt"))).isEqualTo(2);
        assertThat(step(folder.resolve("previous.ckpt"))).isEqualTo(1);
    }

    @Test
    void theBestCheckpointIsTheFirstOfTheBestEpochs() throws IOException {
        RunResult result = TinyRun.training(CPU, settings("epochs=3")).run();
        List<JsonNode> epochs = TinyRun.metrics(folder).stream()
                .filter(line -> !line.has("step"))
                .toList();
        double best = epochs.stream()
                .mapToDouble(line -> line.get("test_accuracy").asDouble())
                .max()
                .orElseThrow();
        int bestEpoch = epochs.stream()
                .filter(line -> line.get("test_accuracy").asDouble() == best)
                .mapToInt(line -> line.get("epoch").asInt())
                .min()
                .orElseThrow();
        assertThat(result.bestAccuracy()).isEqualTo(best);
        assertThat(result.bestEpoch()).isEqualTo(bestEpoch);
        assertThat(step(folder.resolve("best.ckpt"))).isEqualTo((long) bestEpoch * TinyRun.STEPS_PER_EPOCH);
    }

    @Test
    void runJsonTellsEverySetting() throws IOException {
        TinyRun.training(CPU, settings("epochs=1").withSeed(3).withMaxSteps(1)).run();
        JsonNode run = new ObjectMapper().readTree(folder.resolve("run.json").toFile());
        assertThat(run.at("/run/recipe/name").asText()).isEqualTo("ascend");
        assertThat(run.at("/run/recipe/schedule/max_lr").asDouble()).isEqualTo(0.005);
        assertThat(run.at("/run/recipe/optimizer/weight_decay").asDouble()).isEqualTo(5e-4);
        assertThat(run.at("/run/data").asText()).isEqualTo("shapes:24,8");
        assertThat(run.at("/run/seed").asLong()).isEqualTo(3);
        assertThat(run.at("/run/class_names")).hasSize(10);
        assertThat(run.at("/settings/device").asText()).isEqualTo("cpu");
        assertThat(run.at("/settings/threads").asInt()).isEqualTo(1);
        assertThat(run.at("/settings/max_steps").asInt()).isEqualTo(1);
        assertThat(run.at("/versions/presets").asText()).isEqualTo("2.7.1-1.5.12");
        assertThat(run.at("/versions/java").asText()).isEqualTo(System.getProperty("java.runtime.version"));
        assertThat(run.at("/machine/architecture").asText()).isEqualTo(System.getProperty("os.arch"));
    }

    @Test
    void oneRunAtATimeWritesToAFolder() {
        try (OutputFolder held = OutputFolder.open(folder)) {
            assertThat(held.path()).isEqualTo(folder);
            assertThatThrownBy(() -> OutputFolder.open(folder))
                    .isInstanceOf(Ascend4jException.class)
                    .hasMessage(
                            "output folder " + folder
                                    + " expects one run at a time, found another one writing to it; set --output to another folder");
        }
        OutputFolder.open(folder).close();
    }

    @Test
    void whatAKilledRunHasHalfWrittenIsClearedAway() throws IOException {
        Files.writeString(folder.resolve(".last.ckpt.4711.tmp"), "half");
        Path theirs = Files.writeString(folder.resolve(".notes.4711.tmp"), "of the user");
        Path copy = Files.writeString(folder.resolve(".last.ckpt.of-mine.tmp"), "of the user");
        OutputFolder.open(folder).close();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(folder.resolve(".lock"), theirs, copy);
        }
    }

    @Test
    void anOutputThatIsAFileIsToldInOneSentence() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> OutputFolder.open(file))
                .isInstanceOf(Ascend4jException.class)
                .hasMessageStartingWith("output folder " + file + " cannot be written: ")
                .hasMessageEndingWith("; set --output to a writable folder");
    }

    @Test
    void earlierResultsAreMovedAside() throws IOException {
        RunSettings settings = settings("epochs=1").withMaxSteps(1).withEvaluate(false);
        TinyRun.training(CPU, settings).run();
        byte[] metrics = Files.readAllBytes(folder.resolve("metrics.jsonl"));
        Files.writeString(folder.resolve("profile.json"), "of the first run");
        List<String> warnings = Warnings.during(RunStart.class, () -> TinyRun.training(CPU, settings.withSeed(1))
                .run());
        assertThat(warnings)
                .containsExactly("The output folder held an earlier run; its results are now in "
                        + folder.resolve("previous-1") + ".");
        assertThat(folder.resolve("previous-1/metrics.jsonl")).hasBinaryContent(metrics);
        assertThat(folder.resolve("previous-1/last.ckpt")).exists();
        assertThat(folder.resolve("previous-1/profile.json")).hasContent("of the first run");
        assertThat(Files.readAllBytes(folder.resolve("metrics.jsonl"))).isNotEqualTo(metrics);
    }

    @Test
    void divergenceStopsTheRunAndKeepsTheCheckpoint() throws IOException {
        RunSettings settings = settings("epochs=1");
        TinyRun.training(CPU, settings.withMaxSteps(1)).run();
        byte[] good = Files.readAllBytes(folder.resolve("last.ckpt"));
        // The learning rate of step 2 changes the weights so much that the loss of step 3 is not a number.
        RunSettings steep = settings("epochs=1", "schedule.max_lr=1e30");
        assertThatThrownBy(() -> TinyRun.training(CPU, steep)
                        .resumeFrom(folder.resolve("last.ckpt"))
                        .run())
                .isInstanceOf(Ascend4jException.class)
                .hasMessageMatching("training expects (a finite loss, found NaN|finite weights, found others)"
                        + " at step [23] with learning rate [0-9.]+E2[0-9]; lower --max-lr \\(or --lr\\), or set clip_norm"
                        + " \\(--set clip_norm=1\\). The last good checkpoint is .*last.ckpt\\.");
        assertThat(folder.resolve("last.ckpt")).hasBinaryContent(good);
    }

    @Test
    void weightsSpoiltByTheLastUpdateAreNotSaved() {
        // After one step the loss is finite but the weights are not.
        RunSettings steep = settings("epochs=1", "batch_size=24", "schedule.type=constant", "optimizer.lr=1e38");
        assertThatThrownBy(() -> TinyRun.training(CPU, steep).run())
                .isInstanceOf(Ascend4jException.class)
                .hasMessageStartingWith("training expects finite weights, found others at step 1")
                .hasMessageEndingWith("There is no checkpoint yet.");
        assertThat(folder.resolve("last.ckpt")).doesNotExist();
    }

    private RunSettings settings(String... overrides) {
        return TinyRun.settings(CPU, folder, overrides);
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long step(Path checkpoint) {
        try (PointerScope scope = new PointerScope()) {
            return Checkpoint.read(checkpoint).position().step();
        }
    }
}
