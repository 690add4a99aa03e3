package org.ascend4j.distributed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ascend4j.nativelib.support.fuzz.ByteMutator;
import org.ascend4j.nativelib.support.fuzz.Fuzz;
import org.ascend4j.nativelib.support.fuzz.FuzzReport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged rank tables and other files are either read, or rejected with one sentence. */
@Tag("slow")
class RankTableFuzzTest {
    private static final String SERVERS =
            """
            {"version": "1.0", "server_count": "2", "status": "completed", "server_list": [
              {"server_id": "10.0.0.1", "device": [{"device_id": "0", "device_ip": "192.1.1.1", "rank_id": "0"}]},
              {"server_id": "10.0.0.2", "device": [{"device_id": "0", "device_ip": "192.1.1.2", "rank_id": "1"}]}]}""";

    private static final String GROUPS =
            """
            {"status": "completed", "group_count": "1", "group_list": [{"group_name": "job", "instance_list": [
              {"pod_name": "job0", "server_id": "10.0.0.1", "devices": [{"device_id": "0", "device_ip": "192.1.1.1"}]}]}]}""";

    @TempDir
    private Path folder;

    @Test
    void aTableIsReadOrRefused() {
        FuzzReport report = Fuzz.ofFiles(
                        "rank-table",
                        folder.resolve("table.json"),
                        file -> RankTable.read(
                                Map.of(RankTable.VARIABLE, file.toString()), Set.of("10.0.0.1"), new Claims()))
                .from(ByteMutator.of(SERVERS.getBytes(StandardCharsets.UTF_8), GROUPS.getBytes(StandardCharsets.UTF_8)))
                .regressions(List.of("null".getBytes(StandardCharsets.UTF_8), new byte[0]))
                .run();
        assertThat(report.accepted()).isPositive();
        assertThat(report.refused()).isPositive();
    }
}
