package org.ascend4j.trainer.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.ascend4j.Ascend4jException;
import org.ascend4j.optim.named.NamedSettings;
import org.ascend4j.trainer.input.Flip;
import org.ascend4j.trainer.input.PaddingMode;
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
    void formerNamesAreAccepted() throws IOException {
        assertThat(Recipes.named("article")).isEqualTo(Recipes.named("ascend"));
        assertThat(Recipes.named("article-verbatim").name()).isEqualTo("ascend-verbatim");
        Path file = Files.writeString(folder.resolve("mine.yaml"), "extends: article\nname: mine\nepochs: 2\n");
        assertThat(Recipes.named(file.toString()).batchSize()).isEqualTo(128);
    }

    @Test
    void verbatimIsTheText() {
        Recipe recipe = Recipes.bind(Recipes.tree("ascend-verbatim"));
        assertThat(recipe.epochs()).isEqualTo(60);
        assertThat(recipe.scheduledEpochs()).isEqualTo(150);
        assertThat(recipe.batchSize()).isEqualTo(128);
        assertThat(recipe.evalBatchSize()).isEqualTo(100);
        assertThat(recipe.model().outputs()).isEqualTo(1000);
        assertThat(recipe.model().settings().get("initialisation").asText()).isEqualTo("pytorch");
        assertThat(recipe.optimizer().values().number("lr")).isEqualTo(1.0);
        assertThat(recipe.optimizer().values().number("weight_decay")).isEqualTo(5e-4);
        NamedSettings schedule = recipe.schedule().values();
        assertThat(schedule.number("max_lr")).isEqualTo(0.1);
        assertThat(schedule.number("div_factor")).isEqualTo(25);
        assertThat(schedule.number("final_div_factor")).isEqualTo(10_000);
        assertThat(schedule.number("pct_start")).isEqualTo(0.3);
        assertThat(List.of(schedule.number("max_momentum"), schedule.number("base_momentum")))
                .containsExactly(0.95, 0.85);
        assertThat(recipe.input().std()).containsExactly(0.2023, 0.1994, 0.2010);
    }

    @Test
    void overridesReachAnyDepthAndLeaveTheBaseAlone() {
        var base = Recipes.tree("ascend");
        var tree = Recipes.override(
                base, Map.of("epochs", "3", "schedule.max_lr", "2e-1", "input.mean", "[0.1, 0.2, 0.3]"));
        Recipe recipe = Recipes.bind(tree);
        assertThat(recipe.epochs()).isEqualTo(3);
        assertThat(recipe.schedule().values().number("max_lr")).isEqualTo(0.2);
        assertThat(recipe.input().mean()).containsExactly(0.1, 0.2, 0.3);
        assertThat(base.get("epochs").asInt()).isEqualTo(60);
    }

    @Test
    void aFileMayBuildOnARecipe() throws IOException {
        Path file = Files.writeString(
                folder.resolve("mine.yaml"), "extends: fast\nname: mine\noptimizer: {weight_decay: 0.001}\n");
        Recipe recipe = Recipes.bind(Recipes.tree(file.toString()));
        assertThat(recipe.name()).isEqualTo("mine");
        assertThat(recipe.optimizer().values().number("weight_decay")).isEqualTo(0.001);
        assertThat(recipe.optimizer().values().flag("nesterov")).isTrue();
        assertThat(recipe.model().settings().get("batch_norm").asBoolean()).isTrue();
    }

    @Test
    void aFileIsFoundBesideTheOneThatExtendsIt() throws IOException {
        Files.createDirectory(folder.resolve("sub"));
        Files.writeString(folder.resolve("sub/base.yaml"), "extends: ../top.yaml\nepochs: 7\n");
        Files.writeString(folder.resolve("top.yaml"), "extends: fast\nbatch_size: 9\n");
        Path file = Files.writeString(folder.resolve("mine.yaml"), "extends: sub/base.yaml\nname: mine\n");
        Recipe recipe = Recipes.named(file.toString());
        assertThat(recipe.name()).isEqualTo("mine");
        assertThat(recipe.epochs()).isEqualTo(7);
        assertThat(recipe.batchSize()).isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "extends: mine.yaml|%s expects to extend another one, found that it extends itself",
                "extends: [fast]|%s expects the name or file of a recipe after extends, found [\"fast\"]",
                "{epochs: 3, epochs: 4}|%s expects YAML, found a setting given twice in line 1, column 19",
                "'epochs: {'|%s expects YAML, found a mistake in line 1, column 10",
                "- epochs|%s expects a YAML mapping of settings",
            })
    void aFileThatIsNoRecipeIsRefused(String text, String sentence) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), text);
        assertThatThrownBy(() -> Recipes.named(file.toString()))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("recipe " + sentence, file);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "epochs|0|epochs expects at least 1, found 0",
                "label_smoothing|1.5|label_smoothing expects 0.0 to 1.0, found 1.5",
                "optimizer.type|lion|optimizer.type expects sgd or adam or adamw, found lion",
                "optimizer.lr|-1|optimizer.lr expects a number of at least 0, found -1.0",
                "optimizer.lr|''|recipe setting 'optimizer.lr' expects a value, found nothing",
                "optimizer.weight_decay|1e308|optimizer.weight_decay expects at most 1000000.0, found 1.0E308",
                "optimizer.momentum|1.5|optimizer.momentum expects 0.0 to 1.0, found 1.5",
                "batch_size|1000000000|batch_size expects at most 1000000, found 1000000000",
                "epochs|2147483648|recipe setting 'epochs' does not fit: it expects a whole number of at most"
                        + " 2147483647, found 2147483648",
                "epochs|2.5|recipe setting 'epochs' does not fit: it expects a whole number of at most 2147483647,"
                        + " found 2.5",
                "optimizer|'null'|recipe setting 'optimizer' expects a value, found nothing",
                "name|../x|name expects 1 to 100 printable characters without / and \\, found ../x",
                "optimizer.lr|NaN|optimizer.lr expects a number of at least 0, found NaN",
                "schedule.anneal|exp|schedule.anneal expects cos or linear, found exp",
                "input.std|[0.2, 0.2]|input.std expects 3 values, found 2",
                "input.crop_scale|[0.08, 1]|input.crop_padding expects 0 beside input.crop_scale, found 4",
                "input.crop_scale|[0.5, 0.4]|input.crop_scale expects a least value above 0 and a largest one up to"
                        + " 1.0, found [0.5, 0.4]",
                "input.crop_scale|[0, 1]|input.crop_scale expects a least value above 0 and a largest one up to 1.0,"
                        + " found [0.0, 1.0]",
                "input.crop_scale|[1]|input.crop_scale expects 2 values, found 1",
                "input.progressive_resize|{scale: 0.75, share: 1.5}|input.progressive_resize.share expects 0.0 to 1.0, found 1.5",
                "input.progressive_resize|{scale: 2, share: 0.5}|input.progressive_resize.scale expects 0.01 to 1.0, found 2.0",
                "input.crop_ratio|[1, 2]|input.crop_ratio expects input.crop_scale beside it, found none",
                "input.flip|sometimes|input.flip expects true, false, random, alternating or none, found \"sometimes\"",
                "input.crop_padding_mode|edge|input.crop_padding_mode expects constant or reflect, found edge",
                "input.cutout|-1|input.cutout expects at least 0, found -1",
                "input.repeats|0|input.repeats expects at least 1, found 0",
                "input.color_jitter|{brightness: -1}|input.color_jitter.brightness expects a number that is not negative, found -1.0",
                "input.color_jitter|{hue: 0.6}|input.color_jitter.hue expects 0 to 0.5, found 0.6",
                "input.color_jitter|{light: 1}|recipe has no setting 'input.color_jitter.light'; expected one of brightness, contrast, hue, saturation",
                "input.mixup|2.5|input.mixup expects 0.0 to 2.0, found 2.5",
                "input.cutmix|-1|input.cutmix expects 0.0 to 2.0, found -1.0",
                "input.std|[0.2, 0, 1]|input.std expects a positive number, found 0.0",
            })
    void badValuesNameTheSettingTheExpectedAndTheFound(String path, String value, String message) {
        assertThatThrownBy(() -> Recipes.bind(Recipes.override(Recipes.tree("ascend"), Map.of(path, value))))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage(message);
    }

    /** As in checkpoints of earlier runs, which contain all settings of all types. */
    @Test
    void settingsOfOtherTypesAreLeftOut() {
        Recipe recipe = Recipes.bind(Recipes.override(
                Recipes.tree("ascend"),
                Map.of(
                        "optimizer.betas", "[0.9, 0.999]",
                        "optimizer.eps", "1e-8",
                        "schedule.type", "cosine",
                        "schedule.epochs", "null",
                        "schedule.warmup_epochs", "2")));
        assertThat(recipe.optimizer().values().tree().has("betas")).isFalse();
        assertThat(recipe.schedule().values().number("warmup_epochs")).isEqualTo(2);
        assertThat(recipe.scheduledEpochs()).isEqualTo(60);
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
    void randomCropsOfVaryingSizeHaveTorchvisionsProportions() {
        Map<String, String> crops = Map.of("input.crop_scale", "[0.08, 1]", "input.crop_padding", "0");
        Recipe recipe = Recipes.bind(Recipes.override(Recipes.tree("ascend"), crops));
        assertThat(recipe.input().cropScale()).containsExactly(0.08, 1.0);
        assertThat(recipe.input().cropRatio()).containsExactly(0.75, 4.0 / 3);
        assertThat(Recipes.bind(Recipes.describe(recipe))).isEqualTo(recipe);
        assertThat(Recipes.named("ascend").input().hasResizedCrop()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"true, RANDOM", "random, RANDOM", "false, NONE", "none, NONE", "alternating, ALTERNATING"})
    void flipsAreNamed(String setting, Flip flip) {
        Recipe recipe = Recipes.bind(Recipes.override(Recipes.tree("ascend"), Map.of("input.flip", setting)));
        assertThat(recipe.input().flip()).isEqualTo(flip);
        assertThat(Recipes.bind(Recipes.describe(recipe))).isEqualTo(recipe);
    }

    @Test
    void flipsOfOlderRecipesAreTrueOrFalse() {
        assertThat(Recipes.describe(Recipes.named("ascend")).at("/input/flip").isBoolean())
                .isTrue();
        assertThat(Recipes.named("ascend").input().cropPaddingMode()).isEqualTo(PaddingMode.CONSTANT);
    }

    @Test
    void classWeightsOfMixedImagesAreRefused() {
        Map<String, String> settings = Map.of("class_weights", "balanced", "input.mixup", "0.2");
        assertThatThrownBy(() -> Recipes.bind(Recipes.override(Recipes.tree("fast"), settings)))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("class_weights expects images of one class each, found input.mixup 0.2 and input.cutmix"
                        + " 0.0; set these to 0, or class_weights to null");
    }

    @Test
    void unknownSettingsAreRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> Recipes.bind(Recipes.override(Recipes.tree("fast"), Map.of("schedule.peak", "1"))))
                .isInstanceOf(Ascend4jException.class)
                .hasMessageStartingWith("recipe has no setting 'schedule.peak'; expected one of anneal, base_momentum");
    }

    @Test
    void statisticsOfAllProcessesExcludeThoseOfParts() {
        assertThat(Recipes.named("quick").ghostBatchNorm()).isTrue();
        assertThat(Recipes.bind(Recipes.override(Recipes.tree("quick"), Map.of("model.sync_batch_norm", "true")))
                        .ghostBatchNorm())
                .isFalse();
    }

    @Test
    void wrongTypesNameTheSetting() {
        assertThatThrownBy(() -> Recipes.bind(Recipes.override(Recipes.tree("fast"), Map.of("epochs", "many"))))
                .isInstanceOf(Ascend4jException.class)
                .hasMessageStartingWith("recipe setting 'epochs' does not fit");
    }

    @Test
    void anUnknownRecipeListsTheKnownOnes() {
        assertThatThrownBy(() -> Recipes.tree("ascned"))
                .hasMessage(
                        "recipe expects ascend, ascend-verbatim, best, fashion, fast, quick, shapes or a YAML file, found 'ascned';"
                                + " did you mean ascend?");
    }

    @Test
    void greyImagesGetTheAverageOfColourConstants() {
        InputSettings grey = Recipes.bind(Recipes.tree("ascend")).input().forChannels(1);
        assertThat(grey.mean()).hasSize(1);
        assertThat(grey.mean().get(0))
                .isCloseTo((0.4914 + 0.4822 + 0.4465) / 3, org.assertj.core.data.Offset.offset(1e-15));
    }
}
