package org.ascend4j.distributed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PythonGroupTest {
    /** Rank 3 in a run with two nodes of two ranks each. */
    private static final Rank RANK = new Topology("test", 2, 1, 2, "node0", 29511).rank(1);

    @Test
    void everyRankConnectsToTheStoreOfRank0WithItsNumber() {
        assertThat(PythonGroup.code(
                        "nccl", RANK, Duration.ofMinutes(5), Map.of(), Map.of("TORCHELASTIC_RESTART_COUNT", "2")))
                .isEqualTo(
                        """
                        import datetime, os, torch.distributed as dist
                        limit = datetime.timedelta(seconds=300)
                        store = dist.TCPStore('node0', 29511, is_master=False, timeout=limit)
                        store.set_timeout(limit)
                        store = dist.PrefixStore('ascend4j/2/nccl', store)
                        dist.init_process_group('nccl', store=store, rank=3, world_size=4, timeout=limit)
                        """);
    }

    @Test
    void ranksOfALauncherMeetInItsFile() {
        assertThat(PythonGroup.code(
                        "hccl",
                        RANK,
                        Duration.ofSeconds(5),
                        Map.of(),
                        Map.of("ASCEND4J_MEETING_FILE", "meeting/store")))
                .contains("\nstore = dist.FileStore(os.environ['ASCEND4J_MEETING_FILE'], -1)\n")
                .doesNotContain("TCPStore");
    }

    @Test
    void hcclTakesTheInterfaceThatLeadsToTheOtherHosts() {
        assertThat(HcclSettings.defaults(Duration.ofSeconds(5), "eth1"))
                .containsEntry("HCCL_SOCKET_IFNAME", "=eth1")
                .containsEntry("HCCL_EXEC_TIMEOUT", "68");
        assertThat(HcclSettings.defaults(Duration.ofSeconds(5), "")).doesNotContainKey("HCCL_SOCKET_IFNAME");
    }

    @ParameterizedTest
    @CsvSource({
        "=eth0,true",
        "=eth,false",
        "eth,true",
        "enp,false",
        "'=enp0,eth0',true",
        "^eth,true",
        "'^eth,lo',false",
        "^=eth0,true",
        "'^=eth0,eth1,lo',false"
    })
    void interfacesAreChosenAsHcclDoes(String value, boolean one) {
        assertThat(HcclSettings.leaves(value, List.of("lo", "eth0", "eth1"))).isEqualTo(one);
    }

    @Test
    void settingsAreOnlyDefaults() {
        assertThat(PythonGroup.code("hccl", RANK, Duration.ofSeconds(5), Map.of("HCCL_EXEC_TIMEOUT", "68"), Map.of()))
                .contains("\nos.environ.setdefault('HCCL_EXEC_TIMEOUT', '68')\n")
                .contains("'ascend4j/0/hccl'")
                .contains("init_process_group('hccl', ");
    }
}
