package org.ascend4j.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ascend4j.Ascend4jException;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.Precision;
import org.ascend4j.state.StateDict;
import org.ascend4j.trainer.checkpoint.Checkpoint;
import org.ascend4j.trainer.data.DataSettings;
import org.ascend4j.trainer.data.DataSources;
import org.ascend4j.trainer.data.DataSplits;
import org.ascend4j.trainer.data.ImageSet;
import org.ascend4j.trainer.data.ProgressSink;
import org.ascend4j.trainer.engine.TrainingLoop;
import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.model.Models;
import org.ascend4j.trainer.progress.Evaluated;
import org.ascend4j.trainer.progress.Evaluation;
import org.ascend4j.trainer.progress.RunEnd;
import org.ascend4j.trainer.progress.RunResult;
import org.ascend4j.trainer.recipe.ModelSettings;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that choose their best weights by validation images, and runs that end when nothing gets better. */
@Tag("slow")
class ValidatedRunTest {
    @AutoClose
    private static final DeviceBackend CPU = TinyRun.cpu();

    private static final ImageSet OTHERS = DataSources.parse("shapes:10,16", DataSettings.defaults())
            .load(ProgressSink.NONE)
            .test();
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    @Test
    void validationImagesTakeTheTestImagesPlaceAfterEpochs() throws IOException {
        RunResult plain = TinyRun.training(CPU, settings("plain", "epochs=3")).run();
        RunResult result = validated("validated", "epochs=3").run();
        List<JsonNode> expected = TinyRun.metrics(folder.resolve("plain"));
        List<JsonNode> found = TinyRun.metrics(folder.resolve("validated"));
        assertThat(found.subList(0, expected.size()))
                .isEqualTo(expected.stream().map(ValidatedRunTest::renamed).toList());
        assertThat(folder.resolve("validated/model.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("plain/model.safetensors"));
        assertThat(result.bestAccuracy()).isEqualTo(plain.bestAccuracy());
        assertThat(result.bestEpoch()).isEqualTo(plain.bestEpoch());
        assertThat(result.evaluated()).isEqualTo(Evaluated.VALIDATION);
        assertThat(plain.evaluated()).isEqualTo(Evaluated.TEST);
        assertThat(plain.testAccuracy()).isNull();
        // The best epoch is not the last one, so that the next test means something.
        assertThat(result.bestEpoch()).isLessThan(3);
    }

    private static JsonNode renamed(JsonNode line) {
        ObjectNode renamed = JSON.createObjectNode();
        line.properties()
                .forEach(field -> renamed.set(field.getKey().replace("test_", "validation_"), field.getValue()));
        return renamed;
    }

    @Test
    void theTestImagesAreEvaluatedOnceWithTheBestWeights() throws IOException {
        RunResult result = validated("validated", "epochs=3").run();
        Path run = folder.resolve("validated");
        List<JsonNode> tested = TinyRun.metrics(run).stream()
                .filter(line -> line.has("test_loss"))
                .toList();
        Evaluation best = evaluation(run.resolve("best.ckpt"));
        assertThat(tested).hasSize(1);
        assertThat(tested.get(0).toString())
                .isEqualTo("{\"final\":true,\"epoch\":" + result.bestEpoch() + ",\"test_loss\":" + best.loss()
                        + ",\"test_accuracy\":" + best.accuracy() + "}");
        assertThat(best.loss())
                .isNotEqualTo(evaluation(run.resolve("last.ckpt")).loss());
        assertThat(result.testAccuracy()).isEqualTo(best.accuracy());
        JsonNode evaluation = JSON.readTree(run.resolve("evaluation.json").toFile());
        assertThat(evaluation.get("set").asText()).isEqualTo("test");
        assertThat(evaluation.get("epoch").asInt()).isEqualTo(result.bestEpoch());
        assertThat(evaluation.get("images").asInt()).isEqualTo(OTHERS.size());
        assertThat(evaluation.get("loss").asDouble()).isEqualTo(best.loss());
        assertThat(JSON.readTree(run.resolve("run.json").toFile())
                        .at("/run/validation")
                        .asText())
                .isEqualTo("split");
    }

    @Test
    void theModelHasTheLastWeightsAfterTheFinalTest() {
        RunSettings settings = settings("validated", "epochs=3", "model.batch_norm=true");
        ModelSettings network = settings.recipe().model();
        try (PointerScope scope = new PointerScope();
                ImageClassifier model = Models.create(network.kind(), 3, 10, network.settings())) {
            RunResult result = training(settings).run(model);
            assertThat(result.testAccuracy()).isNotNull();
            StateDict last =
                    Checkpoint.read(folder.resolve("validated/last.ckpt")).model();
            StateDict best =
                    Checkpoint.read(folder.resolve("validated/best.ckpt")).model();
            StateDict after = model.stateDict();
            assertThat(after.entries().keySet())
                    .isEqualTo(last.entries().keySet())
                    .contains("stage1.0_bn.running_mean");
            assertThat(after.entries().keySet())
                    .allMatch(name -> after.get(name).equal(last.get(name)));
            // The test means something only if the final test evaluated other weights.
            assertThat(result.bestEpoch()).isLessThan(3);
            assertThat(after.entries().keySet())
                    .anyMatch(name -> !after.get(name).equal(best.get(name)));
        }
    }

    private static Evaluation evaluation(Path checkpoint) {
        try (TrainedModel trained = TrainedModel.open(checkpoint, CPU);
                Evaluator evaluator = new Evaluator(CPU, OTHERS, trained.run().recipe(), 8, Precision.FP32)) {
            return evaluator.evaluate(trained.model());
        }
    }

    @Test
    void aResumedRunTestsAgainAndEndsTheSame() throws IOException {
        validated("whole", "epochs=3").run();
        training(settings("parts", "epochs=3").withMaxSteps(TinyRun.STEPS_PER_EPOCH + 1))
                .run();
        assertThat(Files.readString(folder.resolve("parts/metrics.jsonl"))).containsOnlyOnce("final");
        validated("parts", "epochs=3")
                .resumeFrom(folder.resolve("parts/last.ckpt"))
                .run();
        TinyRun.assertSame(folder.resolve("whole"), folder.resolve("parts"));
        List<String> lines = Files.readAllLines(folder.resolve("parts/metrics.jsonl"));
        assertThat(lines.get(lines.size() - 1)).startsWith("{\"final\":true,");
    }

    @Test
    void anotherOriginOfValidationImagesIsRefusedOnResume() {
        training(settings("run").withMaxSteps(1)).run();
        Path last = folder.resolve("run/last.ckpt");
        assertThatThrownBy(() ->
                        TinyRun.training(CPU, settings("run")).resumeFrom(last).run())
                .isInstanceOf(Ascend4jException.class)
                .hasMessage(
                        "checkpoint " + last + " expects the --validate that it was written with, split, found none");
        assertThatThrownBy(() -> training(settings("run"))
                        .validationName("0.25")
                        .resumeFrom(last)
                        .run())
                .hasMessage(
                        "checkpoint " + last + " expects the --validate that it was written with, split, found 0.25");
    }

    @Test
    void aShareKeepsItsSeedOnResume() {
        training(settings("run").withMaxSteps(1)).validationName("0.25").run();
        Path last = folder.resolve("run/last.ckpt");
        assertThatThrownBy(() -> training(settings("run").withSeed(1))
                        .validationName("0.25")
                        .resumeFrom(last)
                        .run())
                .isInstanceOf(Ascend4jException.class)
                .hasMessage(
                        "checkpoint " + last + " expects the seed, which selected the validation images, that it was"
                                + " written with, 0, found 1");
    }

    @Test
    void withoutValidationImagesNoFileSpeaksOfThem() throws IOException {
        TinyRun.training(CPU, settings("run", "epochs=1")).run();
        Path run = folder.resolve("run");
        assertThat(Files.readString(run.resolve("metrics.jsonl"))).doesNotContain("validation", "final");
        assertThat(Files.readString(run.resolve("run.json"))).doesNotContain("validation", "patience", "class_weights");
        assertThat(Files.readString(run.resolve("evaluation.json"))).doesNotContain("\"set\"");
    }

    @Test
    void patienceEndsARunThatGetsNoBetter() {
        RunResult result = patient(2).run();
        assertThat(result.end()).isEqualTo(RunEnd.OUT_OF_PATIENCE);
        assertThat(result.bestEpoch()).isEqualTo(1);
        assertThat(result.epochs()).isEqualTo(3);
        assertThat(result.steps()).isEqualTo(3L * TinyRun.STEPS_PER_EPOCH);
        try (PointerScope scope = new PointerScope()) {
            Checkpoint last = Checkpoint.read(last());
            assertThat(last.position().epoch()).isEqualTo(4);
            assertThat(last.run().patience()).isEqualTo(2);
        }
    }

    @Test
    void aResumedRunThatIsOutOfPatienceSaysSo() {
        patient(2).run();
        RunResult[] again = new RunResult[1];
        assertThat(Warnings.during(
                        TrainingLoop.class,
                        () -> again[0] = patient(2).resumeFrom(last()).run()))
                .containsExactly(
                        "Nothing is left to do: 2 epochs in a row have brought no better accuracy; set --patience to more.");
        assertThat(again[0].epochs()).isEqualTo(3);
        assertThat(Warnings.during(
                        TrainingLoop.class,
                        () -> again[0] = patient(3).resumeFrom(last()).run()))
                .isEmpty();
        assertThat(again[0].epochs()).isEqualTo(4);
        assertThat(again[0].end()).isEqualTo(RunEnd.OUT_OF_PATIENCE);
    }

    @Test
    void aResumedRunThatIsDoneSaysSo() {
        TinyRun.training(CPU, settings("patient", "epochs=1")).run();
        RunResult[] again = new RunResult[1];
        assertThat(Warnings.during(TrainingLoop.class, () -> again[0] = resumed(settings("patient", "epochs=1"))))
                .containsExactly("Nothing is left to do: all epochs (1) are done; set --epochs to more.");
        assertThat(again[0].end()).isEqualTo(RunEnd.DONE);
        assertThat(again[0].steps()).isEqualTo(TinyRun.STEPS_PER_EPOCH);
        RunSettings limited = settings("patient", "epochs=2").withMaxSteps(TinyRun.STEPS_PER_EPOCH);
        assertThat(Warnings.during(TrainingLoop.class, () -> resumed(limited)))
                .containsExactly("Nothing is left to do: 3 steps are done; set --max-steps to more.");
        assertThat(Warnings.during(TrainingLoop.class, () -> resumed(limited.withMaxSteps(0))))
                .isEmpty();
    }

    private RunResult resumed(RunSettings settings) {
        return TinyRun.training(CPU, settings).resumeFrom(last()).run();
    }

    @Test
    void patienceNeedsEvaluations() {
        RunSettings settings = settings("run").withPatience(3);
        assertThatThrownBy(() -> settings.withEvaluate(false))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("a run expects evaluations with a patience of 3 epochs, found none; omit --patience or"
                        + " --no-eval");
    }

    /** Prepares a run of five epochs whose steps are too small to change a prediction. */
    private Training patient(int epochs) {
        return TinyRun.training(
                CPU,
                settings("patient", "epochs=5", "schedule.type=constant", "optimizer.lr=1e-12")
                        .withPatience(epochs));
    }

    private Path last() {
        return folder.resolve("patient/last.ckpt");
    }

    private Training validated(String name, String... overrides) {
        return training(settings(name, overrides));
    }

    private static Training training(RunSettings settings) {
        DataSplits shapes = TinyRun.shapes();
        return new Training(settings, new DataSplits(shapes.train(), OTHERS, shapes.test(), ""), CPU)
                .dataName("shapes:24,8")
                .validationName("split");
    }

    private RunSettings settings(String name, String... overrides) {
        return TinyRun.settings(CPU, folder.resolve(name), overrides);
    }
}
