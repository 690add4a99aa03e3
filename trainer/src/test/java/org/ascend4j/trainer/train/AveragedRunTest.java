package org.ascend4j.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.Precision;
import org.ascend4j.state.StateDict;
import org.ascend4j.state.StateFiles;
import org.ascend4j.trainer.checkpoint.Checkpoint;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests which weights a run with a moving average trains, evaluates and saves. */
@Tag("slow")
class AveragedRunTest {
    private static final String[] SETTINGS = {"ema.decay=0.5", "model.batch_norm=true", "schedule.max_lr=0.05"};

    @AutoClose
    private static final DeviceBackend CPU = TinyRun.cpu();

    @TempDir
    private Path folder;

    @Test
    void theAverageIsEvaluatedAndSavedAndTheWeightsAreTrainedOn() throws IOException {
        Path run = run("averaged", SETTINGS);
        try (PointerScope scope = new PointerScope()) {
            Checkpoint last = Checkpoint.read(run.resolve("last.ckpt"));
            StateDict saved = StateFiles.read(run.resolve("model.safetensors"));
            saved.entries().forEach((name, tensor) -> assertThat(
                            tensor.equal(last.evaluated().get(name)))
                    .as(name)
                    .isTrue());
            assertThat(saved.get("fc.weight").equal(last.model().get("fc.weight")))
                    .isFalse();
            assertThat(loss(run)).isCloseTo(evaluatedLoss(run), within(1e-6));
        }
    }

    @Test
    void trainingItselfIsTheSameWithoutAnAverage() throws IOException {
        Path averaged = run("averaged", SETTINGS);
        Path plain = run("plain", "model.batch_norm=true", "schedule.max_lr=0.05");
        assertThat(steps(averaged)).isEqualTo(steps(plain));
        assertThat(loss(averaged)).isNotEqualTo(loss(plain));
        try (PointerScope scope = new PointerScope()) {
            StateDict own = Checkpoint.read(averaged.resolve("last.ckpt")).model();
            Checkpoint other = Checkpoint.read(plain.resolve("last.ckpt"));
            own.entries().forEach((name, tensor) -> assertThat(
                            tensor.equal(other.model().get(name)))
                    .as(name)
                    .isTrue());
            assertThat(other.evaluated()).isSameAs(other.model());
        }
    }

    private Path run(String name, String... settings) {
        Path output = folder.resolve(name);
        TinyRun.training(CPU, TinyRun.settings(CPU, output, settings)).run();
        return output;
    }

    private static List<JsonNode> steps(Path run) throws IOException {
        return TinyRun.metrics(run).stream().filter(line -> line.has("step")).toList();
    }

    private static double loss(Path run) throws IOException {
        List<JsonNode> lines = TinyRun.metrics(run);
        return lines.get(lines.size() - 1).get("test_loss").asDouble();
    }

    private static double evaluatedLoss(Path run) {
        try (TrainedModel trained = TrainedModel.open(run.resolve("last.ckpt"), CPU);
                Evaluator evaluator = new Evaluator(
                        CPU, TinyRun.shapes().test(), trained.run().recipe(), 8, Precision.FP32)) {
            return evaluator.evaluate(trained.model()).loss();
        }
    }
}
