package org.ascend4j.trainer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ascend4j.distributed.ParallelOptions;
import org.ascend4j.distributed.Placements;
import org.ascend4j.distributed.Rank;
import org.ascend4j.trainer.data.ImageSet;
import org.ascend4j.trainer.input.Augmentation;
import org.ascend4j.trainer.input.EpochPlan;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RankShareTest {
    private static final int IMAGES = 10;

    /** Every rank predicts label 1 for all its images; the total hits are the images with that label, each counted once. */
    @ParameterizedTest
    @CsvSource({"1, 0", "2, 0", "3, 0", "4, 0", "4, 8", "7, 0"})
    void everyImageCountsOnceHoweverManyRanksRepeatIt(int ranks, int from) {
        int[] labels = {1, 1, 0, 1, 0, 0, 0, 0, 1, 0};
        ImageSet images = new ImageSet(3, 1, 1, new byte[3 * IMAGES], labels, List.of("no", "yes"));
        EpochPlan plan = EpochPlan.draw(5, 1, IMAGES, true, Augmentation.NONE);
        int expected = 0;
        for (int position = from; position < IMAGES; position++) {
            expected += labels[plan.image(position)];
        }
        int found = 0;
        for (int number = 0; number < ranks; number++) {
            RankShare share = share(images, plan, from, ranks, number);
            int own = share.perRank(IMAGES - from);
            int[] predictions = new int[own + 1];
            Arrays.fill(predictions, 1);
            // The images are added in two steps, as in training.
            int half = own / 2;
            found += share.hits(0, half, predictions, 1) + share.hits(half, own - half, predictions, 0);
        }
        assertThat(found).isEqualTo(expected);
    }

    private static RankShare share(ImageSet images, EpochPlan plan, int from, int ranks, int number) {
        ParallelOptions options = new ParallelOptions(ranks, null, null, null, null);
        Rank rank = Placements.resolve(options, Map.of(), Set.of(), false)
                .topology()
                .rank(number);
        return new RankShare(images, plan.part(from, number, ranks), from, rank);
    }
}
