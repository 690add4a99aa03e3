package org.ascend4j.trainer.tune;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.ascend4j.trainer.recipe.Recipe;
import org.ascend4j.trainer.recipe.Recipes;
import org.junit.jupiter.api.Test;

/** Tests that configurations are reproducible, different and distributed as asked for. */
class ConfigurationsTest {
    private static final String RATE = "schedule.max_lr";
    private static final Recipe ASCEND = Recipes.named("ascend");

    @Test
    void equalSeedsGiveEqualConfigurations() {
        SearchSpace space = SearchSpace.ofLearningRate(ASCEND);
        List<Map<String, String>> drawn = Configurations.draw(space, 20, 7);
        assertThat(drawn).hasSize(20).doesNotHaveDuplicates().isEqualTo(Configurations.draw(space, 20, 7));
        assertThat(Configurations.draw(space, 20, 8).get(1)).isNotEqualTo(drawn.get(1));
        assertThat(Configurations.draw(space, 5, 7)).isEqualTo(drawn.subList(0, 5));
    }

    @Test
    void theRecipesOwnConfigurationIsTheFirst() {
        assertThat(Configurations.draw(SearchSpace.ofLearningRate(ASCEND), 2, 0).get(0))
                .isEqualTo(Map.of(RATE, "0.05"));
        SearchSpace without = SearchSpace.parse(ASCEND, List.of(RATE + "=0.06..0.5"));
        assertThat(Configurations.draw(without, 2, 0)).doesNotContain(Map.of(RATE, "0.05"));
    }

    @Test
    void logarithmsAreUniformBetweenTheBounds() {
        // A decade on either side of 0.05.
        double[] rates = rates("=0.005..0.5log", 200);
        assertThat(Arrays.stream(rates).boxed()).allMatch(rate -> rate >= 0.005 && rate <= 0.5);
        assertThat(below(rates, 0.05)).isBetween(97L, 103L);
        assertThat(below(rates, 0.005 * Math.pow(100, 0.25))).isBetween(47L, 53L);
    }

    @Test
    void numbersAreUniformBetweenTheBounds() {
        double[] rates = rates("=0.1..0.5", 200);
        assertThat(Arrays.stream(rates).boxed()).allMatch(rate -> rate >= 0.1 && rate <= 0.5);
        assertThat(below(rates, 0.2)).isBetween(47L, 53L);
    }

    private static double[] rates(String values, int count) {
        return Configurations.draw(SearchSpace.parse(ASCEND, List.of(RATE + values)), count, 3).stream()
                .mapToDouble(configuration -> Double.parseDouble(configuration.get(RATE)))
                .toArray();
    }

    private static long below(double[] values, double limit) {
        return Arrays.stream(values).filter(value -> value < limit).count();
    }

    @Test
    void aSmallSpaceIsDrawnWhole() {
        SearchSpace space = SearchSpace.parse(ASCEND, List.of("batch_size=32,64", "optimizer.momentum=0,0.5,0.9"));
        assertThat(space.size()).isEqualTo(6);
        List<Map<String, String>> drawn = Configurations.draw(space, 6, 1);
        assertThat(drawn).hasSize(6).doesNotHaveDuplicates();
        assertThat(Configurations.draw(space, 7, 1)).isEqualTo(drawn);
    }

    @Test
    void wholeNumbersStayWhole() {
        SearchSpace space = SearchSpace.parse(ASCEND, List.of("batch_size=6..9"));
        TreeSet<String> sizes = new TreeSet<>();
        Configurations.draw(space, 4, 1).forEach(configuration -> sizes.add(configuration.get("batch_size")));
        assertThat(sizes).containsExactly("6", "7", "8", "9");
    }
}
