package org.ascend4j.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ascend4j.Ascend4jException;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.trainer.engine.RunStart;
import org.ascend4j.trainer.progress.RunOutline;
import org.ascend4j.trainer.progress.RunResult;
import org.ascend4j.trainer.progress.StepMetrics;
import org.ascend4j.trainer.progress.TrainingListener;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that equal settings give equal bits, also after an interruption. */
@Tag("slow")
class ReproducibilityTest {
    private static final String ADAM =
            "optimizer.type=adam optimizer.lr=0.001 schedule.type=constant clip_norm=1 model.aux=true";
    private static final String DROPOUT_AND_BATCH_NORM =
            "model.dropout=0.4 model.batch_norm=true optimizer.nesterov=true schedule.cycle_momentum=false "
                    + "optimizer.momentum=0.9 label_smoothing=0.1";

    private static final String AVERAGE = "ema.decay=0.9 ema.every=2 ema.warmup=true model.batch_norm=true";

    /** No loss is better than the best one by ten times its value, so the learning rate falls after every epoch. */
    private static final String PLATEAU =
            "optimizer.type=adamw optimizer.lr=0.001 optimizer.decay_biases_and_norms=false schedule.type=plateau "
                    + "schedule.patience=0 schedule.threshold=10";

    @AutoClose
    private static final DeviceBackend CPU = TinyRun.cpu();

    @TempDir
    private Path folder;

    @Test
    void theSeedDecidesEveryBit() throws IOException {
        run("one", 7, "epochs=1");
        run("two", 7, "epochs=1");
        run("other", 8, "epochs=1");
        TinyRun.assertSame(folder.resolve("one"), folder.resolve("two"));
        assertThat(TinyRun.metrics(folder.resolve("other")))
                .doesNotContainAnyElementsOf(TinyRun.metrics(folder.resolve("one")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"optimizer.type=sgd", ADAM, DROPOUT_AND_BATCH_NORM, PLATEAU, AVERAGE})
    void aRunThatCrashedInAnEpochGoesOnAsIfItHadNot(String recipe) throws IOException {
        String[] overrides = recipe.split(" ");
        run("whole", 1, overrides);
        Path crashed = folder.resolve("crashed");
        RunSettings settings =
                TinyRun.settings(CPU, crashed, overrides).withSeed(1).withCheckpointEvery(4);
        // Step 5 comes after the checkpoint of step 4: its line in metrics.jsonl is written twice.
        Training crashing = TinyRun.training(CPU, settings).listener(new Crash(5));
        assertThatThrownBy(crashing::run).hasMessage("crash");
        assertThat(TinyRun.metrics(crashed)).hasSize(TinyRun.STEPS_PER_EPOCH + 1 + 2);
        TinyRun.training(CPU, settings).resumeFrom(crashed.resolve("last.ckpt")).run();
        TinyRun.assertSame(crashed, folder.resolve("whole"));
    }

    @Test
    void anEpochThatIsNoBetterLowersTheLearningRateOfAPlateau() throws IOException {
        run("run", 0, PLATEAU.split(" "));
        assertThat(TinyRun.metrics(folder.resolve("run")).stream()
                        .filter(line -> line.has("step"))
                        .map(line -> line.get("lr").asDouble()))
                .hasSize(2 * TinyRun.STEPS_PER_EPOCH)
                .startsWith(0.001, 0.001)
                .endsWith(0.001 * 0.1, 0.001 * 0.1);
    }

    @ParameterizedTest
    @ValueSource(longs = {2, TinyRun.STEPS_PER_EPOCH})
    void aRunThatEndedAtItsStepLimitGoesOn(long limit) throws IOException {
        run("whole", 0);
        RunSettings settings = TinyRun.settings(CPU, folder.resolve("parts"));
        RunResult part = TinyRun.training(CPU, settings.withMaxSteps(limit)).run();
        assertThat(part.steps()).isEqualTo(limit);
        assertThat(part.epochs()).isEqualTo(limit == TinyRun.STEPS_PER_EPOCH ? 1 : 0);
        RunResult rest = TinyRun.training(CPU, settings)
                .resumeFrom(folder.resolve("parts/last.ckpt"))
                .run();
        assertThat(rest.steps()).isEqualTo(2 * TinyRun.STEPS_PER_EPOCH);
        TinyRun.assertSame(folder.resolve("parts"), folder.resolve("whole"));
    }

    @Test
    void aRunGoesOnWithAnotherBatchSizeAtTheSamePlaceOfItsSchedule() throws IOException {
        run("whole", 0, "epochs=4", "batch_size=12");
        RunSettings half = TinyRun.settings(CPU, folder.resolve("parts"), "epochs=4");
        TinyRun.training(CPU, half.withMaxSteps(TinyRun.STEPS_PER_EPOCH)).run();
        List<Long> ends = new ArrayList<>();
        List<Long> iterations = new ArrayList<>();
        TinyRun.training(CPU, TinyRun.settings(CPU, folder.resolve("parts"), "epochs=4", "batch_size=12"))
                .resumeFrom(folder.resolve("parts/last.ckpt"))
                .listener(new TrainingListener() {
                    private RunOutline outline;

                    @Override
                    public void started(RunOutline outline) {
                        this.outline = outline;
                        ends.add(outline.lastStep());
                    }

                    @Override
                    public void stepsDone(List<StepMetrics> steps) {
                        steps.forEach(step -> iterations.add(outline.iteration(step.step())));
                    }
                })
                .run();
        assertThat(ends).containsExactly(TinyRun.STEPS_PER_EPOCH + 6L);
        assertThat(iterations).containsExactly(1L, 2L, 1L, 2L, 1L, 2L);
        assertThat(ratesFromEpoch(2, "parts")).hasSize(6).isEqualTo(ratesFromEpoch(2, "whole"));
    }

    private List<Double> ratesFromEpoch(int epoch, String run) throws IOException {
        return TinyRun.metrics(folder.resolve(run)).stream()
                .filter(line -> line.has("step") && line.get("epoch").asInt() >= epoch)
                .map(line -> line.get("lr").asDouble())
                .toList();
    }

    @Test
    void anotherNetworkOrOptimiserIsRefused() {
        run("run", 0, "epochs=1");
        Path last = folder.resolve("run/last.ckpt");
        assertThatThrownBy(() -> resume(last, "model.lrn=true"))
                .isInstanceOf(Ascend4jException.class)
                .hasMessageStartingWith("checkpoint " + last + " expects the model that it was written with, {");
        assertThatThrownBy(() -> resume(last, "optimizer.type=adam"))
                .hasMessage(
                        "checkpoint " + last + " expects the optimizer.type that it was written with, sgd, found adam");
    }

    @Test
    void otherSettingsAreTold() {
        run("run", 0, "epochs=1");
        Path last = folder.resolve("run/last.ckpt");
        RunSettings changed = TinyRun.settings(CPU, folder.resolve("changed"), "epochs=1", "schedule.pct_start=0.2")
                .withSeed(5)
                .withShuffle(false);
        List<String> warnings = Warnings.during(RunStart.class, () -> TinyRun.training(CPU, changed)
                .dataName("other")
                .resumeFrom(last)
                .run());
        assertThat(warnings)
                .containsExactly(
                        "The checkpoint was written with schedule.pct_start 0.3; continuing with 0.2.",
                        "The checkpoint was written with data shapes:24,8; continuing with other.",
                        "The checkpoint was written with seed 0; continuing with 5.",
                        "The checkpoint was written with shuffle true; continuing with false.");
    }

    private void run(String name, long seed, String... overrides) {
        TinyRun.training(
                        CPU,
                        TinyRun.settings(CPU, folder.resolve(name), overrides).withSeed(seed))
                .run();
    }

    private void resume(Path checkpoint, String override) {
        TinyRun.training(CPU, TinyRun.settings(CPU, folder.resolve("other"), override))
                .resumeFrom(checkpoint)
                .run();
    }

    /** Ends a run as a bug or a power cut does. */
    private record Crash(long step) implements TrainingListener {
        @Override
        public void stepsDone(List<StepMetrics> steps) {
            if (steps.stream().anyMatch(metrics -> metrics.step() == step)) {
                throw new IllegalStateException("crash");
            }
        }
    }
}
