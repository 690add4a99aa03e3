package org.ascend4j.cli.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LauncherWatchTest {
    /** The launcher's parent is a process that does not read the exit codes of its children, as in some containers. */
    @Test
    void aRankEndsWithItsLauncherAlsoWhereNobodyAsksForTheLaunchersExitCode() throws Exception {
        String rank = Path.of(System.getProperty("java.home"), "bin", "java") + " -cp '"
                + System.getProperty("java.class.path") + "' " + WatchedRank.class.getName();
        String launcher = LauncherWatch.VARIABLE + "=$$ " + rank + "; true";
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", "sh -c \"$LAUNCHER\" & exec sleep 600 >/dev/null")
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("LAUNCHER", launcher);
        Process parent = builder.start();
        try (BufferedReader out = parent.inputReader()) {
            ProcessHandle started =
                    ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
            started.destroyForcibly();
            // The rank keeps the pipe open as long as it lives.
            assertThat(out.readLine()).isNull();
        } finally {
            parent.descendants().forEach(ProcessHandle::destroyForcibly);
            parent.destroyForcibly();
        }
    }
}
