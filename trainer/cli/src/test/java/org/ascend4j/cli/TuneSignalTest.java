package org.ascend4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ascend4j.nativelib.support.ChildJvm;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that a signal ends a search with its results written. */
@Tag("slow")
class TuneSignalTest {
    @TempDir
    private Path folder;

    @Test
    void sigtermEndsASearchThatGoesOn() throws Exception {
        String arguments = "tune --recipe ascend --data shapes:200,8 --batch-size 8 --eval-batch-size 8 --epochs 100"
                + " --threads 1 --minutes 1000 --trials 3 --output " + folder;
        Process process = new ChildJvm().start(Main.class, (Object[]) arguments.split(" "));
        try (BufferedReader out = process.inputReader()) {
            String line = out.readLine();
            while (line != null && !line.startsWith("Rung 2: 1 trials of ")) {
                line = out.readLine();
            }
            assertThat(line).isNotNull();
            Path first = folder.resolve("trial-01/rung-1/metrics.jsonl");
            while (!Files.exists(first) || Files.size(first) == 0) {
                Thread.sleep(10);
            }
            process.toHandle().destroy();
            List<String> rest = out.lines().toList();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isEqualTo(143);
            assertThat(rest)
                    .anyMatch(text ->
                            text.equals("Stopped by a signal; not done: rung 1: 3 of 3 trials; rung 2: 1 of 1 trials"))
                    .anyMatch(text -> text.startsWith("Go on:   ./ascend4j tune --recipe ascend "));
        } finally {
            process.destroyForcibly();
        }
        assertThat(folder.resolve("trial-01/rung-1/last.ckpt")).exists();
        assertThat(folder.resolve("tune.html")).content().contains("rung 1: 3 of 3 trials");
    }
}
