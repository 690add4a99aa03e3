package org.ascend4j.distributed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.ascend4j.nativelib.support.Prerequisite;
import org.ascend4j.nativelib.support.Requires;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests sums of gradients that start during the backward pass; {@link GradientSumScenario} is one of the ranks. */
@Tag("slow")
@Requires(Prerequisite.NATIVE)
class GradientSumTest {
    @Test
    void bucketsSetOffAsSoonAsTheirGradientsAreThere() throws Exception {
        // The gradients of two layers (m) fill a bucket (R), six times; the seventh bucket, with the unused parameter,
        // follows after the pass (|). Without the last layer's gradient the first bucket stays incomplete, and all
        // others have to wait for it.
        String expected =
                """
                overlapped: mmRmmRmmRmmRmmRmmR|R equal true, unused has a gradient: false
                behind the pass: mmmmmmmmmmmm|RRRRRRR equal true, unused has a gradient: false
                accumulated: mmmmmmmmmmmmmmRmmRmmRmmRmmRmmR|R equal true, unused has a gradient: false
                head off: mmmmmmmmmmm|RRRRRRR equal true, unused has a gradient: false
                with a head: mmRmmRmmRmmRmmRmmR|R equal true, unused has a gradient: false
                transposed: equal true
                repeated: |RRRRRRR equal true
                closed: mmmmmmmmmmmm
                """;
        assertThat(RankProcesses.run(2, GradientSumScenario.class, "sums")).containsExactly(expected, expected);
    }

    @Test
    void aRankLostDuringTheBackwardPassIsToldBehindIt() throws Exception {
        assertThat(RankProcesses.run(2, GradientSumScenario.class, "die").get(0))
                .startsWith("the pass ends\nPeerLostException: rank 0 of 2 on ")
                .contains(" expects an answer of all ranks, found one lost: ");
    }

    @Test
    void aSumThatCannotBeginIsToldBehindThePassAsItsRanksOwnFailure() throws Exception {
        List<String> outputs = RankProcesses.run(2, GradientSumScenario.class, "no-place");
        assertThat(outputs.get(0))
                .startsWith("the pass ends\nrank 0 of 2 on ")
                .contains(" found a failure of its own: start out of range");
        assertThat(outputs.get(1)).startsWith("the pass ends\nPeerLostException: rank 1 of 2 on ");
    }

    @Test
    void atMostEightBucketsCoverAllFromTheEnd() {
        List<Long> million =
                IntStream.rangeClosed(1, 100).mapToObj(i -> 10_000L * i).toList();
        List<List<Long>> parts = BucketSum.split(million, length -> length);
        // An eighth of 50,500,000 is 6,312,500: 100 to 94 have 6,790,000.
        assertThat(parts).hasSize(8);
        assertThat(parts.get(0))
                .containsExactly(940_000L, 950_000L, 960_000L, 970_000L, 980_000L, 990_000L, 1_000_000L);
        assertThat(IntStream.range(0, 8).mapToObj(i -> parts.get(7 - i)).flatMap(List::stream))
                .containsExactlyElementsOf(million);
        // Less than 1 MiB does not justify a separate message.
        assertThat(BucketSum.split(List.of(1L << 17, 1L << 17, 1L), length -> length))
                .containsExactly(List.of(1L << 17, 1L << 17, 1L));
    }
}
