package org.ascend4j.trainer.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.ascend4j.Ascend4jException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassWeightsTest {
    private static final List<String> NAMES = List.of("cat", "dog", "cow");

    @Test
    void balancedIsImagesByClassesAndCount() {
        // 100 / (3 * 10), 100 / (3 * 20), 100 / (3 * 70)
        assertThat(weights("balanced").resolve(NAMES, new long[] {10, 20, 70}))
                .containsExactly(new double[] {10 / 3., 5 / 3., 10 / 21.}, within(1e-15));
    }

    @Test
    void givenWeightsStayAsTheyAre() {
        assertThat(weights("[1, 0.5, 2e1]").resolve(NAMES, new long[3])).containsExactly(1, 0.5, 20);
    }

    @Test
    void aClassWithoutImagesHasNoBalance() {
        assertThatThrownBy(() -> weights("balanced").resolve(NAMES, new long[] {1, 0, 1}))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("class_weights balanced expects training images of each class, found none of dog");
    }

    @Test
    void recipesKeepThem() {
        assertThat(Recipes.describe(recipe("balanced")).get("class_weights").asText())
                .isEqualTo("balanced");
        assertThat(Recipes.describe(recipe("[1, 2]")).get("class_weights").toString())
                .isEqualTo("[1.0,2.0]");
        assertThat(Recipes.bind(Recipes.describe(recipe("[1, 2]"))).classWeights())
                .isEqualTo(weights("[1, 2]"));
        assertThat(recipe("null").classWeights()).isNull();
        assertThat(Recipes.describe(recipe("null")).has("class_weights")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"even", "3", "[]", "[1, x]", "{a: 1}", "[[1]]"})
    void otherValuesAreRefused(String value) {
        assertThatThrownBy(() -> recipe(value))
                .isInstanceOf(Ascend4jException.class)
                .hasMessageStartingWith("class_weights expects balanced, or a positive number for each class, found ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1, 0]", "[-1]"})
    void weightsArePositive(String value) {
        assertThatThrownBy(() -> recipe(value))
                .isInstanceOf(Ascend4jException.class)
                .hasMessageStartingWith("class_weights expects a positive number, found ");
    }

    private static ClassWeights weights(String value) {
        return recipe(value).classWeights();
    }

    private static Recipe recipe(String value) {
        return Recipes.bind(Recipes.override(Recipes.tree("ascend"), Map.of("class_weights", value)));
    }
}
