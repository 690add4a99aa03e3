package org.ascend4j.trainer.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.ascend4j.nativelib.profile.OperatorRecording.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BreakdownTest {
    /** On thread 1 an addition calls a copy and is followed by another copy; at the same time thread 2 runs a copy. */
    private static final List<Run> RUNS = List.of(
            new Run(false, 1, 2_000_000, 5_000_000, "aten::copy_"),
            new Run(false, 1, 1_000_000, 9_000_000, "aten::add"),
            new Run(false, 1, 9_000_000, 10_000_000, "aten::copy_"),
            new Run(false, 2, 1_000_000, 2_000_000, "aten::copy_"),
            new Run(true, 1, 1_000_000, 11_000_000, "forward"));

    @TempDir
    private Path folder;

    @Test
    void operatorsCountWithoutWhatTheyCall() {
        Breakdown breakdown = new Breakdown(RUNS, 2);
        assertThat(breakdown.operators()).isEqualTo(Map.of("aten::add", 5_000_000L, "aten::copy_", 5_000_000L));
        assertThat(breakdown.phases()).isEqualTo(Map.of("forward", 10_000_000L));
        assertThat(breakdown.table()).contains("forward                                          5.000\n");
    }

    @Test
    void traceCountsMicrosecondsFromTheFirstEvent() throws IOException {
        Path file = folder.resolve("profile.json");
        ChromeTrace.write(file, RUNS);
        JsonNode events = new ObjectMapper().readTree(file.toFile()).get("traceEvents");
        assertThat(events).hasSize(5);
        assertThat(events.get(0).get("name").asText()).isEqualTo("aten::copy_");
        assertThat(events.get(0).get("ph").asText()).isEqualTo("X");
        assertThat(events.get(0).get("ts").asDouble()).isEqualTo(1000);
        assertThat(events.get(0).get("dur").asDouble()).isEqualTo(3000);
        assertThat(events.get(4).get("cat").asText()).isEqualTo("phase");
    }
}
