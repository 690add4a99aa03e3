package org.ascend4j.trainer.tune;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares the rungs with the brackets in table 1 of Li et al., 2018 (R = 81, η = 3). */
class HalvingTest {
    @ParameterizedTest
    @CsvSource({
        "4, 81, 81x1 27x3 9x9 3x27 1x81",
        "3, 27, 27x3 9x9 3x27 1x81",
        "2, 9, 9x9 3x27 1x81",
        "1, 6, 6x27 2x81",
        "0, 5, 5x81"
    })
    void bracketsAreThoseOfThePaper(int promotions, int trials, String table) {
        List<String> found = new ArrayList<>();
        Halving.rungs(trials, promotions, 81, images -> images)
                .forEach(rung -> found.add(rung.trials() + "x" + rung.images()));
        assertThat(String.join(" ", found)).isEqualTo(table);
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 0", "3, 1", "8, 1", "9, 2", "26, 2", "27, 3", "81, 4"})
    void promotionsAreALogarithm(long trials, int promotions) {
        assertThat(Halving.promotions(trials)).isEqualTo(promotions);
    }
}
