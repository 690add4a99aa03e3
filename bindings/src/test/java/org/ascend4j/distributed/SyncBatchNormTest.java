package org.ascend4j.distributed;

import static org.assertj.core.api.Assertions.assertThat;

import org.ascend4j.nativelib.support.Prerequisite;
import org.ascend4j.nativelib.support.Requires;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests batch norms over the images of two ranks; {@link SyncBatchNormScenario} is one of them. */
@Tag("slow")
@Requires(Prerequisite.NATIVE)
class SyncBatchNormTest {
    @Test
    void statisticsAreThoseOfAllRanksImages() throws Exception {
        // 1, 3, 5, 7, 9, 11: mean 6, variance 35/3, unbiased 14. Running statistics: one tenth of the way from 0 and 1.
        String statistics = "mean 0.60000 variance 2.30000 first ";
        // (1 - 6) / sqrt(35/3 + 1e-5) and (5 - 6) / sqrt(35/3 + 1e-5); then with the running statistics.
        assertThat(RankProcesses.run(2, SyncBatchNormScenario.class, "six-numbers"))
                .containsExactly(
                        statistics + "-1.46385\nin evaluation 0.26375\n",
                        statistics + "-0.29277\nin evaluation 2.90127\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fp32", "fp16", "bf16", "train"})
    void outputsGradientsAndStateAreThoseOfOneProcess(String scenario) throws Exception {
        assertThat(RankProcesses.run(2, SyncBatchNormScenario.class, scenario)).containsExactly("equal\n", "equal\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"forward", "backward"})
    void aLostRankIsTold(String pass) throws Exception {
        assertThat(RankProcesses.run(2, SyncBatchNormScenario.class, pass).get(0))
                .startsWith("PeerLostException: rank 0 of 2 on ")
                .contains(" expects an answer of all ranks, found one lost: batch norm over all ranks: ");
    }

    @Test
    void anExchangeThatCannotStartIsNoLostRank() throws Exception {
        assertThat(RankProcesses.run(2, SyncBatchNormScenario.class, "closed")).allSatisfy(output -> assertThat(output)
                .startsWith("rank ")
                .contains(" found a failure of its own: batch norm over all ranks: Could not resolve "));
    }
}
