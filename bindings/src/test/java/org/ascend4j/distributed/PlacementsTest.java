package org.ascend4j.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.ascend4j.Ascend4jException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacementsTest {
    private static final String MODELARTS =
            "VC_WORKER_HOSTS=job-0.svc,job-1.svc VC_TASK_INDEX=1 VC_WORKER_NUM=2 MA_NUM_HOSTS=2 MA_NUM_GPUS=8 MA_CURRENT_IP=10.0.0.6";
    private static final String TORCHRUN =
            "RANK=5 WORLD_SIZE=8 LOCAL_RANK=1 LOCAL_WORLD_SIZE=4 GROUP_RANK=1 MASTER_ADDR=n0 MASTER_PORT=29400";
    private static final String MINDCLUSTER =
            "RANK=1 WORLD_SIZE=16 LOCAL_RANK={0,1,2,3,4,5,6,7} LOCAL_WORLD_SIZE=8 MASTER_ADDR=10.1.2.3 MASTER_PORT=2222";

    @TempDir
    private Path folder;

    @Test
    void nothingSaidIsOneProcess() {
        Placement placement = resolve(ParallelOptions.NONE, "");
        assertThat(placement.topology()).isEqualTo(Topology.alone());
        assertThat(placement.rank()).contains(Topology.alone().rank(0));
    }

    @Test
    void nprocStartsThatManyRanksOnThisHost() {
        Placement placement = resolve(nproc(4), "");
        assertThat(placement.rank()).isEmpty();
        assertThat(placement.topology()).isEqualTo(new Topology("--nproc", 1, 0, 4, "127.0.0.1", 0));
    }

    @Test
    void severalHostsByHand() {
        ParallelOptions options = new ParallelOptions(4, 2, 1, "10.0.0.1", null);
        assertThat(resolve(options, ""))
                .isEqualTo(Placement.launcher(new Topology("--nproc", 2, 1, 4, "10.0.0.1", 29500)));
    }

    @Test
    void severalHostsNeedToKnowWhichOneAndWhereTheFirstIs() {
        assertProblem(
                new ParallelOptions(4, 2, null, "10.0.0.1", null),
                "",
                "the rank of this node is not known; set --node-rank, from 0 to 1");
        assertProblem(
                new ParallelOptions(4, 2, 0, null, null),
                "",
                "several nodes expect the address of node 0, found none; set --master-addr or MASTER_ADDR");
        assertProblem(
                new ParallelOptions(4, 2, 2, "a", null),
                "",
                "the rank of this node expects 0 to 1, found 2 from --node-rank");
    }

    @Test
    void torchrunsProcessIsARank() {
        Placement placement = resolve(ParallelOptions.NONE, TORCHRUN);
        assertThat(placement.topology()).isEqualTo(new Topology("torchrun", 2, 1, 4, "n0", 29400));
        assertThat(placement.rank().orElseThrow().number()).isEqualTo(5);
        assertThat(placement.rank().orElseThrow().localRank()).isEqualTo(1);
    }

    @Test
    void aRanksOwnVariablesResolveToTheSameRank() {
        Rank rank = new Topology("--nproc", 2, 1, 3, "10.0.0.1", 1234).rank(2);
        Placement placement = Placements.resolve(ParallelOptions.NONE, rank.environment(), Set.of(), true);
        assertThat(placement.rank().orElseThrow().number()).isEqualTo(5);
        assertThat(placement.rank().orElseThrow().environment()).isEqualTo(rank.environment());
    }

    @Test
    void mindClustersRankIsTheNodes() {
        Placement placement = resolve(ParallelOptions.NONE, MINDCLUSTER);
        assertThat(placement).isEqualTo(Placement.launcher(new Topology("MindCluster", 2, 1, 8, "10.1.2.3", 2222)));
        assertThat(placement.topology().rank(3).number()).isEqualTo(11);
    }

    @Test
    void modelArtsTellsAll() {
        assertThat(resolve(ParallelOptions.NONE, MODELARTS))
                .isEqualTo(Placement.launcher(new Topology("ModelArts", 2, 1, 8, "job-0.svc", 29500)));
    }

    @Test
    void modelArtsCountsDevicesNotProcessors() {
        Placement cpu = Placements.resolve(ParallelOptions.NONE, variables(MODELARTS), Set.of(), false);
        assertThat(cpu.topology().localSize()).isEqualTo(1);
    }

    @Test
    void fewerRanksThanDevicesMayBeAskedFor() {
        assertThat(resolve(nproc(2), MODELARTS).topology().localSize()).isEqualTo(2);
    }

    @Test
    void aModelArtsJobWithOneDeviceIsOneProcess() {
        String job = "VC_WORKER_HOSTS=job-0.svc VC_TASK_INDEX=0 VC_WORKER_NUM=1 MA_NUM_HOSTS=1 MA_NUM_GPUS=1";
        assertThat(resolve(ParallelOptions.NONE, job).rank())
                .contains(Topology.alone().rank(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "VC_WORKER_NUM=3 VC_WORKER_HOSTS=a,b|the number of nodes expects one value, found 3 from VC_WORKER_NUM and 2 from VC_WORKER_HOSTS; correct one of them",
                "VC_WORKER_NUM=2 MA_NUM_HOSTS=1 VC_WORKER_HOSTS=a,b|the number of nodes expects one value, found 2 from VC_WORKER_NUM and 1 from MA_NUM_HOSTS; correct one of them",
                "RANK=1 WORLD_SIZE=2|RANK expects LOCAL_RANK beside it, found none; set the rank of this process on its node (torchrun does), or unset RANK",
                "RANK=1 LOCAL_RANK=1|the number of ranks is not known; set WORLD_SIZE",
                "RANK=2 WORLD_SIZE=2 LOCAL_RANK=2|RANK expects 0 to 1 with WORLD_SIZE 2, found 2",
                "RANK=3 WORLD_SIZE=4 LOCAL_RANK=0 LOCAL_WORLD_SIZE=2|LOCAL_RANK expects 1, for RANK 3 and 2 ranks on a node (LOCAL_WORLD_SIZE), found 0",
                "RANK=2 WORLD_SIZE=5 LOCAL_RANK=0 LOCAL_WORLD_SIZE=2|the number of ranks expects a multiple of 2 (LOCAL_WORLD_SIZE), found 5 (WORLD_SIZE)",
                "RANK=2 WORLD_SIZE=4 LOCAL_RANK=0|the number of ranks on a node is not known; set LOCAL_WORLD_SIZE",
                "RANK=0 WORLD_SIZE=16 LOCAL_RANK={0,1} LOCAL_WORLD_SIZE=8|the number of ranks on a node expects one value, found 8 from LOCAL_WORLD_SIZE and 2 from LOCAL_RANK; correct one of them",
                "RANK=x WORLD_SIZE=4 LOCAL_RANK=0|RANK expects a number, 0 or more, found 'x'",
            })
    void contradictionsNameTheVariables(String environment, String message) {
        assertProblem(ParallelOptions.NONE, environment, message);
    }

    @Test
    void optionsThatContradictTheEnvironmentAreErrors() {
        assertProblem(
                nproc(8),
                TORCHRUN,
                "the number of ranks on a node expects one value, found 8 from --nproc and 4 from LOCAL_WORLD_SIZE; correct one of them");
        assertProblem(
                new ParallelOptions(null, 3, null, null, null),
                MODELARTS,
                "the number of nodes expects one value, found 3 from --nnodes and 2 from VC_WORKER_NUM; correct one of them");
        assertProblem(
                new ParallelOptions(2, 2, 0, "other", null),
                "MASTER_ADDR=n0",
                "the address of node 0 expects one value, found other from --master-addr and n0 from MASTER_ADDR; correct one of them");
    }

    @Test
    void aRankTableNamesServersAndDevices() throws IOException {
        Path table = table(
                """
                {"version":"1.0","status":"completed","server_count":"2","server_list":[
                 {"server_id":"10.0.0.5","device":[{"device_id":"0","rank_id":"0"},{"device_id":"1","rank_id":"1"}]},
                 {"server_id":"10.0.0.6","device":[{"device_id":"0","rank_id":"2"},{"device_id":"1","rank_id":"3"}]}]}""");
        Topology expected = new Topology("RANK_TABLE_FILE", 2, 1, 2, "10.0.0.5", 29500);
        Map<String, String> environment = variables("RANK_TABLE_FILE=" + table);
        assertThat(Placements.resolve(ParallelOptions.NONE, environment, Set.of("10.0.0.6"), true))
                .isEqualTo(Placement.launcher(expected));
        environment.put("XDL_IP", "10.0.0.6");
        assertThat(Placements.resolve(ParallelOptions.NONE, environment, Set.of(), true)
                        .topology())
                .isEqualTo(expected);
        environment.put("WORLD_SIZE", "2");
        environment.put("RANK", "0");
        environment.put("LOCAL_RANK", "0");
        assertThatThrownBy(() -> Placements.resolve(ParallelOptions.NONE, environment, Set.of(), true))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage(
                        "the number of ranks expects 2 nodes (RANK_TABLE_FILE) of 2 (RANK_TABLE_FILE), found 2 (WORLD_SIZE)");
    }

    @Test
    void theOlderLayoutOfARankTableToo() throws IOException {
        Path table = table(
                """
                {"status":"completed","group_count":"1","group_list":[{"group_name":"worker","instance_count":"1","instance_list":[
                 {"pod_name":"p","server_id":"10.0.0.5","devices":[{"device_id":"4","device_ip":"1.1.1.4"},{"device_id":"5","device_ip":"1.1.1.5"}]}]}]}""");
        assertThat(resolve(ParallelOptions.NONE, "RANK_TABLE_FILE=" + table).topology())
                .isEqualTo(new Topology("RANK_TABLE_FILE", 1, 0, 2, "127.0.0.1", 0));
    }

    @Test
    void aRankTableThatIsNotReadySaysSo() throws IOException {
        Path table = table("{\"status\":\"initializing\"}");
        assertProblem(
                ParallelOptions.NONE,
                "RANK_TABLE_FILE=" + table,
                "RANK_TABLE_FILE expects a table with status 'completed', found 'initializing' in " + table
                        + "; wait until the platform has filled it");
        Placement cpu =
                Placements.resolve(ParallelOptions.NONE, variables("RANK_TABLE_FILE=" + table), Set.of(), false);
        assertThat(cpu.topology().size()).isEqualTo(1);
    }

    @Test
    void aRankTableThatIsMissingSaysSo() {
        Path missing = folder.resolve("missing.json");
        assertProblem(
                ParallelOptions.NONE,
                "RANK_TABLE_FILE=" + missing,
                "RANK_TABLE_FILE expects a readable JSON file, found " + missing + ": there is no " + missing);
    }

    @Test
    void aRankTableThatIsTooLargeIsNotRead() throws IOException {
        Path table = folder.resolve("large.json");
        try (RandomAccessFile file = new RandomAccessFile(table.toFile(), "rw")) {
            file.setLength((16 << 20) + 1);
        }
        assertProblem(
                ParallelOptions.NONE,
                "RANK_TABLE_FILE=" + table,
                "RANK_TABLE_FILE expects at most 16 MiB, a table of some 100,000 NPUs, found more in " + table);
    }

    @Test
    void aTopologyIsToldInOneLine() {
        assertThat(resolve(ParallelOptions.NONE, MODELARTS).topology())
                .hasToString("16 ranks (2 nodes of 8, this is node 1, meeting at job-0.svc:29500; from ModelArts)");
        assertThat(Topology.alone()).hasToString("1 rank (1 node of 1, this is node 0; from one process)");
    }

    private static ParallelOptions nproc(int count) {
        return new ParallelOptions(count, null, null, null, null);
    }

    private static Placement resolve(ParallelOptions options, String environment) {
        return Placements.resolve(options, variables(environment), Set.of(), true);
    }

    private static void assertProblem(ParallelOptions options, String environment, String message) {
        assertThatThrownBy(() -> resolve(options, environment))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage(message);
    }

    private static Map<String, String> variables(String text) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String pair : text.isEmpty() ? new String[0] : text.split(" ")) {
            String[] parts = pair.split("=", 2);
            variables.put(parts[0], parts[1]);
        }
        return variables;
    }

    private Path table(String json) throws IOException {
        return Files.writeString(folder.resolve("table.json"), json);
    }
}
