package org.ascend4j.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.ascend4j.Ascend4jException;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.model.Models;
import org.ascend4j.trainer.recipe.Recipe;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares replicas of a model with one model that computes the whole batch. */
@Tag("slow")
class ReplicasTest {
    private static final String[] GHOST = {"model.batch_norm=true", "ghost_batch_norm=true"};

    @TempDir
    private Path folder;

    @ParameterizedTest
    // With batches of 23 the epoch's last step has one image.
    @CsvSource({"2, clip_norm=0", "3, clip_norm=0", "2, clip_norm=0.5", "2, batch_size=23"})
    void learnWhatOneModelLearns(int replicas, String override) throws IOException {
        try (DeviceBackend cpu = TinyRun.cpu()) {
            List<JsonNode> alone = train(cpu, "alone", new Execution(false, 1), override);
            List<JsonNode> together = train(cpu, "together", new Execution(false, replicas), override);
            assertThat(together).hasSameSizeAs(alone);
            for (int i = 0; i < alone.size(); i++) {
                String loss = alone.get(i).has("step") ? "loss" : "test_loss";
                double expected = alone.get(i).get(loss).asDouble();
                assertThat(together.get(i).get(loss).asDouble())
                        .as("%s of line %d", loss, i)
                        .isCloseTo(expected, within(1e-5 * expected));
            }
        }
    }

    @Test
    void giveTheSameBitsAgain() throws IOException {
        try (DeviceBackend cpu = TinyRun.cpu()) {
            train(cpu, "first", new Execution(false, 3), "clip_norm=0");
            train(cpu, "second", new Execution(false, 3), "clip_norm=0");
        }
        TinyRun.assertSame(folder.resolve("first"), folder.resolve("second"));
    }

    /** Two replicas with four images each use the statistics that one model uses for two accumulated batches of four. */
    @Test
    void ghostBatchNormsUseTheStatisticsOfTheirParts() throws IOException {
        try (DeviceBackend cpu = TinyRun.cpu()) {
            List<JsonNode> ghost = train(cpu, "ghost", new Execution(false, 2), GHOST);
            RunSettings accumulated = TinyRun.settings(
                            cpu,
                            folder.resolve("accumulated"),
                            "model.initialisation=xavier",
                            "model.batch_norm=true",
                            "batch_size=4")
                    .withGlobalBatch(8)
                    .withExecution(new Execution(false, 1));
            TinyRun.training(cpu, accumulated).run();
            List<JsonNode> expected = TinyRun.metrics(folder.resolve("accumulated"));
            List<JsonNode> whole = train(cpu, "whole", new Execution(false, 1), "model.batch_norm=true");
            assertThat(ghost.get(0).get("loss").asDouble())
                    .isNotCloseTo(whole.get(0).get("loss").asDouble(), within(1e-3));
            for (int i = 0; i < 2; i++) {
                assertThat(ghost.get(i).get("loss").asDouble())
                        .isCloseTo(expected.get(i).get("loss").asDouble(), within(1e-4));
            }
        }
    }

    @Test
    void ghostRunsGiveTheSameBitsAfterAResume() throws IOException {
        try (DeviceBackend cpu = TinyRun.cpu()) {
            train(cpu, "whole", new Execution(false, 2), GHOST);
            RunSettings settings = TinyRun.settings(
                            cpu,
                            folder.resolve("parts"),
                            "model.initialisation=xavier",
                            "model.batch_norm=true",
                            "ghost_batch_norm=true")
                    .withExecution(new Execution(false, 2));
            TinyRun.training(cpu, settings.withMaxSteps(4)).run();
            TinyRun.training(cpu, settings)
                    .resumeFrom(folder.resolve("parts/last.ckpt"))
                    .run();
        }
        TinyRun.assertSame(folder.resolve("parts"), folder.resolve("whole"));
    }

    @Test
    void exactRunsLearnTheSameToRounding() throws IOException {
        try (DeviceBackend cpu = TinyRun.cpu()) {
            List<JsonNode> joined = train(cpu, "joined", new Execution(false, 1), "clip_norm=0");
            List<JsonNode> exact = train(cpu, "exact", new Execution(true, 1), "clip_norm=0");
            double expected = joined.get(5).get("loss").asDouble();
            assertThat(exact.get(5).get("loss").asDouble()).isCloseTo(expected, within(1e-5 * expected));
        }
    }

    @Test
    void areAsManyAsThreadsWhereTheModelAllows() {
        try (DeviceBackend cpu = TinyRun.cpu()) {
            assertThat(count(cpu, 4, "batch_size=128")).isEqualTo(4);
            assertThat(count(cpu, 4, "batch_size=40")).isEqualTo(2);
            assertThat(count(cpu, 4, "batch_size=8")).isEqualTo(1);
            assertThat(count(cpu, 4, "batch_size=24", "input.resize=40")).isEqualTo(2);
            assertThat(count(cpu, 4, "batch_size=24", "input.resize=224")).isEqualTo(3);
            assertThat(count(cpu, 4, "batch_size=128", "model.batch_norm=true")).isEqualTo(1);
            assertThat(count(cpu, 4, "batch_size=128", "model.dropout=0.4")).isEqualTo(1);
            assertThat(count(cpu, 4, "batch_size=128", GHOST[0], GHOST[1])).isEqualTo(2);
            assertThat(count(cpu, 4, "batch_size=127", GHOST[0], GHOST[1])).isEqualTo(1);
            assertThat(count(cpu, 4, "batch_size=128", GHOST[1])).isEqualTo(4);
            Recipe recipe = TinyRun.recipe("model.kind=googlenet-torchvision");
            try (ImageClassifier model = model(recipe)) {
                Execution two = new Execution(false, 2);
                assertThatThrownBy(() -> two.forModel(model, recipe, cpu, 4))
                        .isInstanceOf(Ascend4jException.class)
                        .hasMessage("--replicas expects 1 with conv1.bn: batch normalisation, whose statistics are the"
                                + " whole batch's, found 2");
            }
        }
    }

    private static int count(DeviceBackend cpu, int threads, String... overrides) {
        Recipe recipe = TinyRun.recipe(overrides);
        try (ImageClassifier model = model(recipe)) {
            return Execution.FASTEST.forModel(model, recipe, cpu, threads).replicas();
        }
    }

    private static ImageClassifier model(Recipe recipe) {
        return Models.create(recipe.model().kind(), 3, 10, recipe.model().settings());
    }

    /** The runs do not use the recipe's own initialisation, with which rounding would grow from step to step. */
    private List<JsonNode> train(DeviceBackend cpu, String name, Execution execution, String... overrides)
            throws IOException {
        Path output = folder.resolve(name);
        String[] all = Stream.concat(Stream.of("model.initialisation=xavier"), Stream.of(overrides))
                .toArray(String[]::new);
        RunSettings settings = TinyRun.settings(cpu, output, all).withExecution(execution);
        TinyRun.training(cpu, settings).run();
        return TinyRun.metrics(output);
    }
}
