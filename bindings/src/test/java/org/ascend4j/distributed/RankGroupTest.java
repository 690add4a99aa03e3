package org.ascend4j.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.ascend4j.Ascend4jException;
import org.ascend4j.nativelib.support.Prerequisite;
import org.ascend4j.nativelib.support.Requires;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests groups of real processes; {@link RankGroupScenario} is one of them. */
@Tag("slow")
@Requires(Prerequisite.NATIVE)
class RankGroupTest {
    @Test
    void ranksSumBroadcastAndShare() throws Exception {
        List<String> outputs = RankProcesses.run(3, RankGroupScenario.class, "collectives");
        for (int rank = 0; rank < 3; rank++) {
            assertThat(outputs.get(rank))
                    .isEqualTo(
                            """
                            host sums: 3.0 0.875
                            broadcast: 7.0 7
                            shared: from 0
                            equal: yes
                            """);
        }
    }

    /** With a TCPStore, as when each rank is started manually. */
    @Test
    void ranksWithoutALauncherMeetAtThePortOfRank0() throws Exception {
        Topology topology = Topology.oneNode("test", 2, HostAddresses.freePort());
        List<Rank> ranks = List.of(topology.rank(0), topology.rank(1));
        for (String output : RankProcesses.run(
                ranks, RankGroupScenario.class, "collectives", Map.of(Rendezvous.SECRET, "of the run"))) {
            assertThat(output).startsWith("host sums: 1.0 0.75\n").endsWith("equal: yes\n");
        }
    }

    @Test
    void aSecretIsPartOfEveryKeyAndCannotBeRead() {
        Map<String, String> environment = Map.of("ASCEND4J_SECRET", "swordfish", "TORCHELASTIC_RESTART_COUNT", "3");
        // python3 -c "import hashlib; print(hashlib.sha256(b'3/swordfish').hexdigest()[:32])"
        assertThat(Rendezvous.prefix(environment)).isEqualTo("ascend4j/3/f7802babc094eb6712870de25cc570c9");
        assertThat(Rendezvous.prefix(Map.of())).isEqualTo("ascend4j/0");
    }

    @Test
    void node0ThatDoesNotAnswerIsToldWithWhatToCheck() {
        int port = HostAddresses.freePort();
        assertThatThrownBy(() -> Rendezvous.awaitServer("127.0.0.1", port, Duration.ofMillis(1)))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage(
                        "the ranks expect node 0 to answer at 127.0.0.1, port " + port
                                + ", within 0 s, found: Connection refused; start node 0 and check --master-addr, --master-port and the network between");
    }

    @Test
    void weightsThatDifferAreFoundByEveryRank() throws Exception {
        for (String output : RankProcesses.run(3, RankGroupScenario.class, "differ")) {
            assertThat(output)
                    .isEqualTo("all ranks expect the same weights, found others than rank 0's on rank(s) [2]\n");
        }
    }

    @Test
    void aRankThatDiesEndsTheOthersWait() throws Exception {
        List<String> outputs = RankProcesses.run(2, RankGroupScenario.class, "die");
        assertThat(outputs.get(0))
                .startsWith("PeerLostException: rank 0 of 2 on ")
                .contains(" expects an answer of all ranks, found one lost: ");
    }

    @Test
    void aCollectiveThatCannotStartIsNoLostRank() throws Exception {
        assertThat(RankProcesses.run(2, RankGroupScenario.class, "closed")).allSatisfy(output -> assertThat(output)
                .startsWith("rank ")
                .contains(" found a failure of its own: Could not resolve the process group "));
    }

    @Test
    void aRankThatHangsEndsTheOthersWaitAtTheTimeout() throws Exception {
        List<String> outputs = RankProcesses.run(2, RankGroupScenario.class, "hang");
        // The rank that hangs does so for 60 s and then closes its connection.
        assertThat(outputs.get(0))
                .startsWith("PeerLostException: rank 0 of 2 on ")
                .contains("Timed out waiting 15000ms");
    }

    @Test
    void aNodeThatDiesEndsTheOthersAlsoOutsideACollective() throws Exception {
        String address = "127.0.0.1";
        int port = HostAddresses.freePort();
        List<Rank> ranks = List.of(
                new Topology("test", 2, 0, 1, address, port).rank(0),
                new Topology("test", 2, 1, 1, address, port).rank(0));
        // Without the watch it would sleep for 60 s and then print that.
        assertThat(RankProcesses.run(ranks, RankGroupScenario.class, "watch", Map.of())
                        .get(0))
                .contains("127.0.0.1 is lost: its ranks have ended")
                .doesNotContain("not ended");
    }
}
