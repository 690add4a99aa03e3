package org.ascend4j.trainer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.distributed.Rank;
import org.ascend4j.distributed.RankGroup;
import org.ascend4j.trainer.checkpoint.RunDescription;
import org.ascend4j.trainer.data.DataSplits;
import org.ascend4j.trainer.recipe.Recipe;
import org.ascend4j.trainer.train.TinyRun;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Tests which images of a training are shrunk early, and how. */
class EarlySideTest {
    private static final DataSplits DATA = TinyRun.shapes();
    private static final Rank ALONE = RankGroup.alone().rank();

    @AutoClose
    private static final DeviceBackend CPU = TinyRun.cpu();

    @Test
    void theFirstShareOfTheEpochsHasTheEarlySide() {
        try (TrainingData data = data("input.early_side=16", "input.early_share=0.75")) {
            data.start(1, 0, ALONE);
            assertThat(sides(data, 0, 8, 16, 23)).containsOnly(16);
            // Three quarters of two epochs end in the middle of the second one.
            data.start(2, 0, ALONE);
            assertThat(sides(data, 0, 8, 11, 12, 16, 23)).containsExactly(16, 16, 16, 32, 32, 32);
        }
        try (TrainingData data = data("input.early_side=16")) {
            data.start(1, 0, ALONE);
            assertThat(sides(data, 0, 23)).containsOnly(16);
            data.start(2, 0, ALONE);
            assertThat(sides(data, 0, 23)).containsOnly(32);
        }
    }

    @Test
    void pixelsAreMeans() {
        try (PointerScope scope = new PointerScope();
                TrainingData data = data("input.early_side=16");
                TrainingData full = data()) {
            data.start(1, 0, ALONE);
            full.start(1, 0, ALONE);
            Tensor small = data.pipeline().batch(3, 1).images();
            Tensor whole = full.pipeline().batch(3, 1).images();
            double sum = 0;
            for (int y = 10; y < 12; y++) {
                for (int x = 6; x < 8; x++) {
                    sum += pixel(whole, y, x);
                }
            }
            assertThat(pixel(small, 5, 3)).isCloseTo(sum / 4, within(1e-6));
        }
    }

    private static double pixel(Tensor images, int y, int x) {
        return images.select(0, 0).select(0, 1).select(0, y).select(0, x).item_double();
    }

    private static TrainingData data(String... settings) {
        Recipe recipe = TinyRun.recipe(settings);
        RunDescription run = new RunDescription(
                recipe, 8, "shapes", 0, true, true, 3, 32, 32, 24, DATA.train().classNames());
        return new TrainingData(run, DATA, CPU);
    }

    private static int[] sides(TrainingData data, int... positions) {
        try (PointerScope scope = new PointerScope()) {
            return IntStream.of(positions)
                    .map(position ->
                            (int) data.pipeline().batch(position, 1).images().size(2))
                    .toArray();
        }
    }
}
