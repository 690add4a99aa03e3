package org.ascend4j.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ascend4j.nativelib.support.ChildJvm;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sends signals to real processes, each of which runs a {@link StopRequestScenario}. */
@Tag("slow")
class StopRequestTest {
    @Test
    void whoDoesNotAskIsNotWaitedForLong() throws Exception {
        assertThat(terminate(StopRequestScenario.HANGS)).isEmpty();
    }

    @Test
    void whoDoesNotAskIsWaitedForAfterThoseWhoDo() throws Exception {
        assertThat(terminate(StopRequestScenario.STOPS)).containsExactly("stopped", "released");
    }

    @Test
    void aSignalBeforeTheStartIsARequest() throws Exception {
        assertThat(terminate(StopRequestScenario.BEGINS_LATE)).containsExactly("requested: true", "stopped");
    }

    /** Returns what a process prints after SIGTERM. */
    private static List<String> terminate(StopRequestScenario scenario) throws IOException, InterruptedException {
        Process process = new ChildJvm().start(StopRequestScenario.class, scenario);
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine()).isEqualTo("started");
            process.toHandle().destroy();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isEqualTo(143);
            return out.lines().toList();
        } finally {
            process.destroyForcibly();
        }
    }
}
