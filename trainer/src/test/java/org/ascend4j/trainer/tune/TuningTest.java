package org.ascend4j.trainer.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.trainer.data.DataSettings;
import org.ascend4j.trainer.data.DataSources;
import org.ascend4j.trainer.data.DataSplits;
import org.ascend4j.trainer.data.ProgressSink;
import org.ascend4j.trainer.recipe.Recipe;
import org.ascend4j.trainer.recipe.Recipes;
import org.ascend4j.trainer.train.RunSettings;
import org.ascend4j.trainer.train.TinyRun;
import org.ascend4j.trainer.train.Training;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests searches of a few steps: 24 training images in batches of 8. */
@Tag("slow")
class TuningTest {
    private static final String RATE = "schedule.max_lr";
    private static final BooleanSupplier NEVER = () -> false;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DataSplits DATA = TinyRun.shapes()
            .withValidation(DataSources.parse("shapes:10,16", DataSettings.defaults())
                    .load(ProgressSink.NONE)
                    .test());

    /** Two steps for each trial, then two epochs for the best. The last rate diverges. */
    private static final TunePlan PLAN = new TunePlan(
            List.of(new Rung(3, 16), new Rung(1, 48)),
            false,
            List.of(Map.of(RATE, "0.005"), Map.of(RATE, "0.01"), Map.of(RATE, "100000")));

    @AutoClose
    private static final DeviceBackend CPU = TinyRun.cpu();

    @TempDir
    private Path folder;

    @Test
    void theBestTrialIsPromotedAndADivergingOneIsNot() throws IOException {
        TuneResult result = search("whole", PLAN, NEVER);
        assertThat(result.results())
                .extracting(TrialResult::trial, TrialResult::rung, TrialResult::steps)
                .startsWith(tuple(1, 1, 2L), tuple(2, 1, 2L));
        assertThat(result.results()).hasSize(4);
        assertThat(result.results().get(2).diverged()).isTrue();
        TrialResult best = result.results().get(3);
        assertThat(best.rung()).isEqualTo(2);
        assertThat(best.steps()).isEqualTo(6);
        assertThat(best.trial()).isEqualTo(better(result.results()));
        assertThat(result.best()).contains(best);
        assertThat(result.rest()).isEmpty();
        assertThat(Recipes.named(result.recipe().toString()).schedule().values().number("max_lr"))
                .isEqualTo(Double.parseDouble(best.settings().get(RATE)));
        assertThat(Recipes.named(result.recipe().toString()).batchSize()).isEqualTo(8);
    }

    private static int better(List<TrialResult> results) {
        TrialResult one = results.get(0);
        TrialResult two = results.get(1);
        boolean first =
                one.accuracy().equals(two.accuracy()) ? one.loss() <= two.loss() : one.accuracy() > two.accuracy();
        return first ? 1 : 2;
    }

    @Test
    void aTrialIsARunOfItsOwnLengthJudgedByTheValidationImages() throws IOException {
        TuneResult result = search("whole", PLAN, NEVER);
        TrialResult best = result.best().orElseThrow();
        RunSettings settings = settings("alone", RATE + "=" + best.settings().get(RATE));
        new Training(settings, DATA, CPU).run();
        List<JsonNode> alone = TinyRun.metrics(folder.resolve("alone"));
        Path trial = folder.resolve("whole/trial-0" + best.trial() + "/rung-2");
        // The run alone evaluates the test images in the end; the trial does not.
        assertThat(TinyRun.metrics(trial)).isEqualTo(alone.subList(0, alone.size() - 1));
        assertThat(alone.get(alone.size() - 1).has("test_accuracy")).isTrue();
        assertThat(best.accuracy())
                .isEqualTo(
                        alone.get(alone.size() - 2).get("validation_accuracy").asDouble());
    }

    @Test
    void anInterruptedSearchGoesOnToTheSameLines() throws IOException {
        search("whole", PLAN, NEVER);
        int interruptions = 0;
        TuneResult result;
        do {
            // The condition is asked before each trial and around each step, so each call stops within a trial.
            AtomicInteger asked = new AtomicInteger();
            result = search("parts", PLAN, () -> asked.incrementAndGet() > 8);
            interruptions++;
            assertThat(interruptions).isLessThan(50);
        } while (!result.rest().isEmpty());
        assertThat(interruptions).isGreaterThan(3);
        assertThat(lines("parts")).isEqualTo(lines("whole"));
        assertThat(Files.readString(folder.resolve("parts/best.yaml")))
                .isEqualTo(Files.readString(folder.resolve("whole/best.yaml")));
    }

    private List<JsonNode> lines(String name) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve(name).resolve("trials.jsonl"))) {
            lines.add(((ObjectNode) JSON.readTree(line)).without("seconds"));
        }
        return lines;
    }

    @Test
    void aTrialWithAConstantRateContinues() throws IOException {
        String[] constant = {"schedule={type: constant}", "optimizer.lr=0.01", "epochs=3"};
        TunePlan plan = new TunePlan(
                List.of(new Rung(2, 16), new Rung(1, 40)),
                true,
                List.of(Map.of("optimizer.lr", "0.001"), Map.of("optimizer.lr", "0.01")));
        RunSettings settings = settings("search", constant);
        TuneResult result = search(settings, plan, NEVER);
        TrialResult best = result.best().orElseThrow();
        assertThat(best.steps()).isEqualTo(5);
        RunSettings whole = settings("alone", constant)
                .withRecipe(TinyRun.recipe(
                        constant[0], "optimizer.lr=" + best.settings().get("optimizer.lr"), constant[2]))
                .withMaxSteps(5);
        new Training(whole, DATA, CPU).finalTest(false).run();
        assertThat(folder.resolve("search/trial-0" + best.trial() + "/model.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("alone/model.safetensors"));
        assertThat(folder.resolve("search/trial-0" + (3 - best.trial()) + "/last.ckpt"))
                .doesNotExist();
    }

    @Test
    void aTrialThatWasKilledBeforeItsLineRunsAgain() throws IOException {
        search("whole", PLAN, NEVER);
        List<JsonNode> expected = lines("whole");
        Path trials = folder.resolve("whole/trials.jsonl");
        List<String> kept = Files.readAllLines(trials).subList(0, 3);
        Files.write(trials, kept);
        search("whole", PLAN, NEVER);
        assertThat(lines("whole")).isEqualTo(expected);
    }

    private RunSettings settings(String name, String... overrides) {
        return TinyRun.settings(CPU, folder.resolve(name), overrides);
    }

    private TuneResult search(String name, TunePlan plan, BooleanSupplier stop) {
        return search(settings(name), plan, stop);
    }

    private TuneResult search(RunSettings settings, TunePlan plan, BooleanSupplier stop) {
        Recipe recipe = settings.recipe();
        Map<String, String> overrides = Map.of("batch_size", "8");
        Tuning tuning = new Tuning(
                settings, new BaseRecipe("ascend", overrides), SearchSpace.ofLearningRate(recipe), DATA, CPU);
        TrialRunner runner = new TrialRunner(settings, DATA, CPU, "shapes:24,8", "given", stop);
        return tuning.run(runner, TuneFiles.open(settings.output()), plan);
    }
}
