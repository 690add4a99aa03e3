package org.ascend4j.trainer.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProgressiveResizeTest {
    @Test
    void theShareIsRoundedToWholeEpochs() {
        assertThat(smallEpochs(new ProgressiveResize(24, 0.7), 15)).isEqualTo(11);
        assertThat(smallEpochs(new ProgressiveResize(24, 0.7), 3)).isEqualTo(2);
        assertThat(smallEpochs(new ProgressiveResize(24, 0), 3)).isZero();
    }

    @Test
    void aRecipeHasNoneUnlessItIsSet() {
        assertThat(input(Map.of()).shrunkSide(1, 10)).isEmpty();
        InputSettings set = input(Map.of("input.progressive_resize", "{side: 16, share: 0.5}"));
        assertThat(set.shrunkSide(5, 10)).hasValue(16);
        assertThat(set.shrunkSide(6, 10)).isEmpty();
        assertThat(set.forChannels(1).shrunkSide(5, 10)).hasValue(16);
    }

    private static InputSettings input(Map<String, String> overrides) {
        return Recipes.bind(Recipes.override(Recipes.tree("article"), overrides))
                .input();
    }

    private static long smallEpochs(ProgressiveResize resize, int epochs) {
        return IntStream.rangeClosed(1, epochs)
                .filter(epoch -> resize.side(epoch, epochs).isPresent())
                .count();
    }
}
