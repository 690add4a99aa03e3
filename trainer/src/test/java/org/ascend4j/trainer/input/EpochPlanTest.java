package org.ascend4j.trainer.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ascend4j.trainer.data.GoldenBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EpochPlanTest {
    @Test
    void drawsWhatASecondImplementationInPythonDraws() {
        EpochPlan plan = EpochPlan.draw(7, 3, 24, true, Augmentation.CROP_AND_FLIP);
        List<String> rows = IntStream.range(0, plan.size())
                .mapToObj(i -> plan.image(i) + "," + plan.top(i) + "," + plan.left(i) + "," + (plan.flipped(i) ? 1 : 0))
                .toList();
        String golden = new String(GoldenBytes.of(EpochPlanTest.class, "plan.csv"), StandardCharsets.US_ASCII);
        assertThat(rows).isEqualTo(golden.lines().toList());
    }

    @Test
    void anEpochVisitsEveryImageOnce() {
        EpochPlan plan = EpochPlan.draw(1, 1, 1000, true, Augmentation.NONE);
        assertThat(order(plan)).isNotEqualTo(identity(1000));
        assertThat(Arrays.stream(order(plan)).sorted().toArray()).isEqualTo(identity(1000));
    }

    @Test
    void epochsAndSeedsDiffer() {
        int[] first = order(EpochPlan.draw(1, 1, 100, true, Augmentation.NONE));
        assertThat(order(EpochPlan.draw(1, 2, 100, true, Augmentation.NONE))).isNotEqualTo(first);
        assertThat(order(EpochPlan.draw(2, 1, 100, true, Augmentation.NONE))).isNotEqualTo(first);
    }

    @Test
    void augmentationLeavesTheOrderAndShufflingLeavesTheCrops() {
        EpochPlan full = EpochPlan.draw(5, 2, 100, true, Augmentation.CROP_AND_FLIP);
        EpochPlan plain = EpochPlan.draw(5, 2, 100, true, Augmentation.NONE);
        EpochPlan ordered = EpochPlan.draw(5, 2, 100, false, Augmentation.CROP_AND_FLIP);
        assertThat(order(plain)).isEqualTo(order(full));
        assertThat(order(ordered)).isEqualTo(identity(100));
        for (int i = 0; i < 100; i++) {
            assertThat(ordered.top(i)).isEqualTo(full.top(i));
            assertThat(ordered.flipped(i)).isEqualTo(full.flipped(i));
            assertThat(plain.top(i)).isZero();
            assertThat(plain.flipped(i)).isFalse();
        }
    }

    @Test
    void cropsAndFlipsAreUniform() {
        int size = 90_000;
        EpochPlan plan = EpochPlan.draw(11, 1, size, false, Augmentation.CROP_AND_FLIP);
        int[] tops = new int[9];
        int[] lefts = new int[9];
        int flips = 0;
        for (int i = 0; i < size; i++) {
            tops[plan.top(i) + 4]++;
            lefts[plan.left(i) + 4]++;
            flips += plan.flipped(i) ? 1 : 0;
        }
        // The bounds are six standard deviations of a binomial around size/9 and size/2.
        assertThat(Arrays.stream(tops)).allMatch(count -> count > 9434 && count < 10_566);
        assertThat(Arrays.stream(lefts)).allMatch(count -> count > 9434 && count < 10_566);
        assertThat(flips).isBetween(44_100, 45_900);
    }

    @Test
    void theLastBatchMayBeSmaller() {
        assertThat(EpochPlan.sequential(50_000).steps(128)).isEqualTo(391);
        assertThat(EpochPlan.sequential(256).steps(128)).isEqualTo(2);
    }

    private static int[] order(EpochPlan plan) {
        return IntStream.range(0, plan.size()).map(plan::image).toArray();
    }

    private static int[] identity(int size) {
        return IntStream.range(0, size).toArray();
    }

    /** As torch's DistributedSampler: {@code indices += indices[:padding]; indices[rank::ranks]}. */
    @ParameterizedTest
    @CsvSource({"10, 1, 0", "10, 2, 0", "10, 3, 0", "10, 4, 0", "10, 4, 8", "3, 4, 0"})
    void ranksDealOutAnEpochAsDistributedSamplerDoes(int size, int ranks, int from) {
        EpochPlan plan = EpochPlan.draw(3, 1, size, true, new Augmentation(4, true));
        List<Integer> indices = new ArrayList<>();
        for (int i = from; i < size; i++) {
            indices.add(i);
        }
        for (int i = 0; indices.size() % ranks != 0; i++) {
            indices.add(i);
        }
        for (int rank = 0; rank < ranks; rank++) {
            EpochPlan part = plan.part(from, rank, ranks);
            assertThat(part.size()).isEqualTo(indices.size() / ranks);
            assertThat(part.images()).isEqualTo(size);
            for (int i = 0; i < part.size(); i++) {
                int position = indices.get(rank + i * ranks);
                assertThat(part.image(i)).isEqualTo(plan.image(position));
                assertThat(part.top(i)).isEqualTo(plan.top(position));
                assertThat(part.left(i)).isEqualTo(plan.left(position));
                assertThat(part.flipped(i)).isEqualTo(plan.flipped(position));
            }
        }
    }
}
