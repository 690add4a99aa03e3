package org.ascend4j.trainer.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.ascend4j.Ascend4jException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class RecipesTest {
    @SuppressWarnings("unused") // read by FieldSource
    private static final List<String> NAMES = Recipes.NAMES;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @FieldSource("NAMES")
    void everyBuiltInRecipeBindsAndSurvivesItsOwnDescription(String name) {
        Recipe recipe = Recipes.bind(Recipes.tree(name));
        assertThat(recipe.name()).isEqualTo(name);
        assertThat(Recipes.bind(Recipes.describe(recipe))).isEqualTo(recipe);
    }

    @Test
    void verbatimIsTheText() {
        Recipe recipe = Recipes.bind(Recipes.tree("article-verbatim"));
        assertThat(recipe.epochs()).isEqualTo(60);
        assertThat(recipe.scheduledEpochs()).isEqualTo(150);
        assertThat(recipe.batchSize()).isEqualTo(128);
        assertThat(recipe.evalBatchSize()).isEqualTo(100);
        assertThat(recipe.model().outputs()).isEqualTo(1000);
        assertThat(recipe.model().settings().get("initialisation").asText()).isEqualTo("pytorch");
        assertThat(recipe.optimizer().lr()).isEqualTo(1.0);
        assertThat(recipe.optimizer().weightDecay()).isEqualTo(5e-4);
        ScheduleSettings schedule = recipe.schedule();
        assertThat(schedule.maxLr()).isEqualTo(0.1);
        assertThat(schedule.divFactor()).isEqualTo(25);
        assertThat(schedule.finalDivFactor()).isEqualTo(10_000);
        assertThat(schedule.pctStart()).isEqualTo(0.3);
        assertThat(List.of(schedule.maxMomentum(), schedule.baseMomentum())).containsExactly(0.95, 0.85);
        assertThat(recipe.input().std()).containsExactly(0.2023, 0.1994, 0.2010);
    }

    @Test
    void overridesReachAnyDepthAndLeaveTheBaseAlone() {
        var base = Recipes.tree("article");
        var tree = Recipes.override(
                base, Map.of("epochs", "3", "schedule.max_lr", "2e-1", "input.mean", "[0.1, 0.2, 0.3]"));
        Recipe recipe = Recipes.bind(tree);
        assertThat(recipe.epochs()).isEqualTo(3);
        assertThat(recipe.schedule().maxLr()).isEqualTo(0.2);
        assertThat(recipe.input().mean()).containsExactly(0.1, 0.2, 0.3);
        assertThat(base.get("epochs").asInt()).isEqualTo(60);
    }

    @Test
    void aFileMayBuildOnARecipe() throws IOException {
        Path file = Files.writeString(
                folder.resolve("mine.yaml"), "extends: fast\nname: mine\noptimizer: {weight_decay: 0.001}\n");
        Recipe recipe = Recipes.bind(Recipes.tree(file.toString()));
        assertThat(recipe.name()).isEqualTo("mine");
        assertThat(recipe.optimizer().weightDecay()).isEqualTo(0.001);
        assertThat(recipe.optimizer().nesterov()).isTrue();
        assertThat(recipe.model().settings().get("batch_norm").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "epochs|0|epochs expects at least 1, found 0",
                "label_smoothing|1.5|label_smoothing expects 0.0 to 1.0, found 1.5",
                "optimizer.type|lion|optimizer.type expects sgd or adam or adamw, found lion",
                "optimizer.lr|-1|optimizer.lr expects a number of at least 0, found -1.0",
                "optimizer.lr|NaN|optimizer.lr expects a number of at least 0, found NaN",
                "schedule.anneal|exp|schedule.anneal expects cos or linear, found exp",
                "input.std|[0.2, 0.2]|input.std expects 3 values, found 2",
                "input.std|[0.2, 0, 1]|input.std expects a positive number, found 0.0",
            })
    void badValuesNameTheSettingTheExpectedAndTheFound(String path, String value, String message) {
        assertThatThrownBy(() -> Recipes.bind(Recipes.override(Recipes.tree("article"), Map.of(path, value))))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage(message);
    }

    @Test
    void anotherModelKeepsTheSettingsThatItKnows() throws IOException {
        Recipe known = Recipes.bind(
                Recipes.override(Recipes.tree("fast"), Map.of("model.kind", "googlenet-fashion", "model.lrn", "true")));
        assertThat(known.model().settings()).containsOnlyKeys("stem", "batch_norm", "initialisation", "lrn");
        Path file =
                Files.writeString(folder.resolve("own.yaml"), "extends: fast\nmodel: {kind: own-network, width: 16}\n");
        Recipe own = Recipes.bind(Recipes.tree(file.toString()));
        assertThat(own.model().kind()).isEqualTo("own-network");
        assertThat(own.model().settings()).containsOnlyKeys("width");
    }

    @Test
    void unknownSettingsAreRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> Recipes.bind(Recipes.override(Recipes.tree("fast"), Map.of("schedule.peak", "1"))))
                .isInstanceOf(Ascend4jException.class)
                .hasMessageStartingWith("recipe has no setting 'schedule.peak'; here it knows anneal, base_momentum");
    }

    @Test
    void wrongTypesNameTheSetting() {
        assertThatThrownBy(() -> Recipes.bind(Recipes.override(Recipes.tree("fast"), Map.of("epochs", "many"))))
                .isInstanceOf(Ascend4jException.class)
                .hasMessageStartingWith("recipe setting 'epochs' does not fit");
    }

    @Test
    void anUnknownRecipeListsTheKnownOnes() {
        assertThatThrownBy(() -> Recipes.tree("articel"))
                .hasMessage(
                        "recipe expects article, article-verbatim, fashion, fast, shapes or a YAML file, found 'articel'");
    }

    @Test
    void greyImagesGetTheAverageOfColourConstants() {
        InputSettings grey = Recipes.bind(Recipes.tree("article")).input().forChannels(1);
        assertThat(grey.mean()).hasSize(1);
        assertThat(grey.mean().get(0))
                .isCloseTo((0.4914 + 0.4822 + 0.4465) / 3, org.assertj.core.data.Offset.offset(1e-15));
    }
}
