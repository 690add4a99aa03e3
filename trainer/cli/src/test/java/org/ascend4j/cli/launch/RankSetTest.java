package org.ascend4j.cli.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ascend4j.distributed.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests a rank set whose ranks are shells. */
class RankSetTest {
    private static final Topology TWO = new Topology("test", 1, 0, 2, "127.0.0.1", 29500);

    @TempDir
    private Path folder;

    @Test
    void theLastLinesAreShownAlsoWhereAnotherProcessHoldsThePipe() throws InterruptedException {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(slow(shown));
        RankSet ranks;
        try {
            ranks = RankSet.start(TWO, List.of("sh", "-c", "[ $RANK = 0 ] || { sleep 20 & echo last; }"), Map.of());
            assertThat(ranks.firstFailure()).isEmpty();
        } finally {
            System.setOut(before);
        }
        assertThat(shown.toString(UTF_8)).isEqualTo("[rank 1] last\n");
    }

    /** Returns a terminal that takes 0.3 s per line. */
    private static PrintStream slow(ByteArrayOutputStream shown) {
        return new PrintStream(shown, true, UTF_8) {
            @Override
            public void println(String line) {
                try {
                    Thread.sleep(300);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                super.println(line);
            }
        };
    }

    @Test
    void whatARankHasStartedIsKilledWithIt() throws Exception {
        Path fifo = folder.resolve("fifo");
        new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor();
        // The reader of the pipe ends when the last writer has closed it.
        Process reader = new ProcessBuilder("cat", fifo.toString()).start();
        String compiles = "trap '' TERM; exec >" + fifo + "; echo started; sh -c 'sleep 600; true'; true";
        RankSet ranks = RankSet.start(TWO, List.of("sh", "-c", compiles), Map.of());
        assertThat(reader.inputReader().readLine()).isEqualTo("started");
        ranks.end(Duration.ZERO, Duration.ZERO);
        assertThat(reader.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }
}
