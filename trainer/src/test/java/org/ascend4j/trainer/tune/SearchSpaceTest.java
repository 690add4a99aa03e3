package org.ascend4j.trainer.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.ascend4j.Ascend4jException;
import org.ascend4j.runtime.TorchRuntime;
import org.ascend4j.trainer.recipe.Recipe;
import org.ascend4j.trainer.recipe.Recipes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests how {@code --search} is read, and what it refuses. */
class SearchSpaceTest {
    private static final Recipe ASCEND = Recipes.named("ascend");

    @BeforeAll
    static void loadTorch() {
        TorchRuntime.load();
    }

    @Test
    void theUsualSpaceIsADecadeOnEitherSideOfTheRate() {
        assertThat(SearchSpace.ofLearningRate(ASCEND).parameters().get(0).text())
                .isEqualTo("schedule.max_lr=0.005..0.50log");
        assertThat(SearchSpace.ofLearningRate(Recipes.named("fashion"))
                        .parameters()
                        .get(0)
                        .text())
                .isEqualTo("optimizer.lr=0.0001..0.010log");
    }

    @Test
    void numbersWithExponentsBecomeNumbersInYaml() {
        SearchSpace space = SearchSpace.parse(ASCEND, List.of("optimizer.weight_decay=5e-5,1E-4"));
        assertThat(((Choices) space.parameters().get(0)).values()).containsExactly("0.00005", "0.0001");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "schedule.max_lr|--search expects SETTING=V1,V2,... or SETTING=LOW..HIGH[log], found 'schedule.max_lr'",
                "epochs=1,2|--search expects a setting that differs between trials of one length on the same images, found 'epochs'",
                "batch_size=32|--search expects two different values or more for batch_size, found '32'",
                "batch_size=32,32.0|--search expects two different values or more for batch_size, found '32,32.0'",
                "schedule.max_lr=0..1log|--search expects LOW below HIGH, and above 0 with log, found '0..1log'",
                "schedule.max_lr=1..0.1|--search expects LOW below HIGH, found '1..0.1'",
                "optimizer.speed=1,2|recipe has no setting 'optimizer.speed'",
                "optimizer.momentum=0.9,1.5|optimizer.momentum expects",
                "model.stem=cifar,none|stem expects one of imagenet, cifar",
            })
    void unusableSearchesAreRefused(String text, String sentence) {
        assertThatThrownBy(() -> SearchSpace.parse(ASCEND, List.of(text)))
                .isInstanceOf(Ascend4jException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void aSettingIsSearchedOnce() {
        assertThatThrownBy(() -> SearchSpace.parse(ASCEND, List.of("batch_size=32,64", "batch_size=8,16")))
                .hasMessage("--search expects each setting once, found one twice");
    }
}
