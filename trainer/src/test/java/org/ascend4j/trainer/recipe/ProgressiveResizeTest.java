package org.ascend4j.trainer.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProgressiveResizeTest {
    @Test
    void theShareIsRoundedToWholeEpochs() {
        assertThat(smallEpochs(new ProgressiveResize(0.75, 0.7), 15)).isEqualTo(11);
        assertThat(smallEpochs(new ProgressiveResize(0.75, 0.7), 3)).isEqualTo(2);
        assertThat(smallEpochs(new ProgressiveResize(0.75, 0), 3)).isZero();
    }

    @Test
    void aRecipeHasNoneUnlessItIsSet() {
        assertThat(input(Map.of()).shrinking(1, 10)).isEmpty();
        InputSettings set = input(Map.of("input.progressive_resize", "{scale: 0.5, share: 0.5}"));
        assertThat(set.shrinking(5, 10)).hasValue(0.5);
        assertThat(set.shrinking(6, 10)).isEmpty();
        assertThat(set.forChannels(1).shrinking(5, 10)).hasValue(0.5);
    }

    private static InputSettings input(Map<String, String> overrides) {
        return Recipes.bind(Recipes.override(Recipes.tree("ascend"), overrides)).input();
    }

    private static long smallEpochs(ProgressiveResize resize, int epochs) {
        return IntStream.rangeClosed(1, epochs)
                .filter(epoch -> resize.scale(epoch, epochs).isPresent())
                .count();
    }
}
