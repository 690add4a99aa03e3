package org.ascend4j.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ascend4j.Ascend4jException;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.runtime.TorchRuntime;
import org.ascend4j.trainer.data.DataSettings;
import org.ascend4j.trainer.data.DataSources;
import org.ascend4j.trainer.data.DataSplits;
import org.ascend4j.trainer.data.ProgressSink;
import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.progress.RunOutline;
import org.ascend4j.trainer.progress.StepMetrics;
import org.ascend4j.trainer.progress.TrainingListener;
import org.ascend4j.trainer.recipe.Recipe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that a run takes the model's properties from the given model, never from its recipe. */
class ModelSeamTest {
    private static final DataSplits SHAPES =
            DataSources.parse("shapes:128,16", DataSettings.defaults()).load(ProgressSink.NONE);

    @TempDir
    private Path folder;

    private DeviceBackend cpu;
    private RunOutline outline;

    @BeforeEach
    void open() {
        cpu = TinyRun.cpu();
    }

    @AfterEach
    void close() {
        TorchRuntime.setThreads(1);
        cpu.close();
    }

    @Test
    void aModelWithoutObstacleIsReplicated() {
        losses("plain", 2, false, 0);
        assertThat(outline.replicas()).isEqualTo(2);
        assertThat(outline.model()).isEqualTo("OwnNetwork");
    }

    @Test
    void batchNormKeepsABatchWhole() {
        List<Double> alone = losses("one", 1, true, 0);
        List<Double> two = losses("two", 2, true, 0);
        assertThat(outline.replicas()).isEqualTo(1);
        assertEqual(two, alone);
        try (TrainedModel trained = reopen("two", true, 0)) {
            assertThat(trained.model()
                            .stateDict()
                            .get("body.bn.num_batches_tracked")
                            .item_long())
                    .isEqualTo(4);
        }
    }

    @Test
    void dropoutKeepsABatchWhole() {
        List<Double> alone = losses("one", 1, false, 0.4);
        assertEqual(losses("two", 2, false, 0.4), alone);
        assertThat(outline.replicas()).isEqualTo(1);
    }

    @Test
    void replicasThatTheModelForbidsAreRefused() {
        try (ImageClassifier model = new OwnNetwork(true, 0)) {
            RunSettings settings = settings("asked").withExecution(new Execution(false, 2));
            assertThatThrownBy(() -> new Training(settings, SHAPES, cpu).run(model))
                    .isInstanceOf(Ascend4jException.class)
                    .hasMessage("--replicas expects 1 with body.bn: batch normalisation, whose statistics are the whole"
                            + " batch's, found 2");
        }
    }

    @Test
    void theCheckpointNamesTheModelThatWasTrained() throws IOException {
        losses("run", 1, true, 0.25);
        JsonNode model = new ObjectMapper()
                .readTree(folder.resolve("run/run.json").toFile())
                .at("/run/recipe/model");
        assertThat(model.get("kind").asText()).isEqualTo("own-network");
        assertThat(model.get("batch_norm").asBoolean()).isTrue();
        assertThat(model.get("dropout").asDouble()).isEqualTo(0.25);
        Path checkpoint = folder.resolve("run/last.ckpt");
        assertThatThrownBy(() -> TrainedModel.open(checkpoint, cpu))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("checkpoint " + checkpoint + " expects the model 'own-network' that it was written with,"
                        + " found no jar that has it; give its jar by --class-path");
    }

    @Test
    void anOwnModelIsResumedLikeAnUnbrokenRun() {
        List<Double> straight = losses("straight", 1, true, 0);
        List<Double> begun = new ArrayList<>();
        cpu.seed(0);
        try (ImageClassifier first = new OwnNetwork(true, 0)) {
            new Training(settings("broken").withMaxSteps(2), SHAPES, cpu)
                    .listener(noting(begun))
                    .run(first);
        }
        assertThat(begun).isEqualTo(straight.subList(0, 2));
        List<Double> rest = new ArrayList<>();
        try (ImageClassifier second = new OwnNetwork(true, 0)) {
            new Training(settings("broken"), SHAPES, cpu)
                    .resumeFrom(folder.resolve("broken/last.ckpt"))
                    .listener(noting(rest))
                    .run(second);
        }
        assertThat(rest).isEqualTo(straight.subList(2, 4));
        try (ImageClassifier other = new OwnNetwork(false, 0)) {
            Training training =
                    new Training(settings("broken"), SHAPES, cpu).resumeFrom(folder.resolve("broken/last.ckpt"));
            assertThatThrownBy(() -> training.run(other))
                    .isInstanceOf(Ascend4jException.class)
                    .hasMessageContaining("expects the model that it was written with")
                    .hasMessageContaining("batch_norm=true")
                    .hasMessageContaining("batch_norm=false");
        }
    }

    @Test
    void aModelThatContradictsItsRecipeIsRefusedBeforeTheFirstStep() {
        try (ImageClassifier model = new OwnNetwork(true, 0)) {
            assertContradiction(
                    TinyRun.recipe(), model, "model.kind googlenet, found own-network; set model.kind to the model's");
            Recipe withoutNorm = TinyRun.recipe("model.kind=own-network", "model.batch_norm=false");
            assertContradiction(withoutNorm, model, "model.batch_norm false, found true; set model.batch_norm to");
            Recipe unknown = TinyRun.recipe("model.kind=own-network", "model.width=3");
            assertContradiction(unknown, model, "model.width 3, found one without that setting; set model.width");
            Recipe wide = TinyRun.recipe("model.kind=own-network", "model.outputs=1000");
            assertContradiction(wide, model, "model.outputs 1000, found 10; set model.outputs to the model's");
        }
        assertThat(folder.resolve("refused")).doesNotExist();
    }

    /** Compares with a tolerance: threads change the order of sums within an operator. */
    private static void assertEqual(List<Double> found, List<Double> expected) {
        assertThat(found).hasSize(4);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(found.get(i)).isCloseTo(expected.get(i), within(1e-6 * expected.get(i)));
        }
    }

    private void assertContradiction(Recipe recipe, ImageClassifier model, String sentence) {
        RunSettings settings = RunSettings.of(recipe, cpu, folder.resolve("refused"));
        assertThatThrownBy(() -> new Training(settings, SHAPES, cpu).run(model))
                .isInstanceOf(Ascend4jException.class)
                .hasMessageStartingWith("the recipe expects a model with ")
                .hasMessageContaining(sentence);
    }

    @Test
    void aRecipeWithoutAModelNeedsOne() {
        assertThatThrownBy(() -> new Training(settings("none"), SHAPES, cpu).run())
                .isInstanceOf(Ascend4jException.class)
                .hasMessageStartingWith("a run expects a model, found a recipe that leaves it open; set model.kind");
    }

    private RunSettings settings(String name) {
        Recipe recipe = TinyRun.recipe("batch_size=32").withAnyModel();
        return RunSettings.of(recipe, cpu, folder.resolve(name)).withMaxSteps(4).withEvaluate(false);
    }

    private List<Double> losses(String name, int threads, boolean batchNorm, double dropout) {
        TorchRuntime.setThreads(threads);
        cpu.seed(0);
        List<Double> losses = new ArrayList<>();
        try (ImageClassifier model = new OwnNetwork(batchNorm, dropout)) {
            cpu.seed(1);
            new Training(settings(name), SHAPES, cpu).listener(noting(losses)).run(model);
        }
        return losses;
    }

    private TrainedModel reopen(String name, boolean batchNorm, double dropout) {
        return TrainedModel.open(
                folder.resolve(name).resolve("last.ckpt"), cpu, run -> new OwnNetwork(batchNorm, dropout));
    }

    private TrainingListener noting(List<Double> losses) {
        return new TrainingListener() {
            @Override
            public void started(RunOutline started) {
                outline = started;
            }

            @Override
            public void stepsDone(List<StepMetrics> steps) {
                steps.forEach(step -> losses.add(step.loss()));
            }
        };
    }
}
