package org.ascend4j.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ascend4j.Ascend4jException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shell takes the place of Python. */
class PythonProcessTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    private Path folder;

    @Test
    void returnsWhatItPrints() {
        assertThat(PythonProcess.output(LONG, shell("cat; echo answer"))).isEqualTo("answer\n");
    }

    @Test
    void oneThatHangsIsToldAndEnds() throws IOException, InterruptedException {
        Path fifo = folder.resolve("fifo");
        new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor();
        // The reader of the pipe ends when the last writer has closed it.
        Process reader = new ProcessBuilder("cat", fifo.toString()).start();
        // The shell closes its output, so that the test waits only for its end; its child process also holds the pipe.
        List<String> hangs = shell("exec >" + fifo + "; sleep 600 & wait");
        assertThatThrownBy(() -> PythonProcess.output(Duration.ofMillis(500), hangs))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("the Python sh is expected to answer within 0.5 s, found it silent; see whether its storage"
                        + " hangs, or set --torch-home to another environment");
        assertThat(reader.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void oneThatHoldsItsOutputOpenIsTold() {
        assertThatThrownBy(() -> PythonProcess.output(Duration.ofMillis(500), shell("echo; sleep 600")))
                .isInstanceOf(Ascend4jException.class)
                .hasMessageContaining("found it silent");
    }

    @Test
    void oneThatFailsIsTold() {
        assertThatThrownBy(() -> PythonProcess.output(LONG, shell("exit 3")))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage(
                        "the Python sh is expected to be 3.9 or newer and to work, found it failing with exit code 3;"
                                + " set --torch-home to another environment");
    }

    @Test
    void oneThatCannotBeStartedIsTold() throws IOException {
        Path text = Files.writeString(folder.resolve("python3"), "no program");
        assertThatThrownBy(() -> PythonProcess.output(LONG, List.of(text.toString())))
                .isInstanceOf(Ascend4jException.class)
                .hasMessageStartingWith("the Python " + text + " is expected to run, found: ")
                .hasMessageEndingWith("; set --torch-home to another environment");
    }

    private static List<String> shell(String script) {
        return List.of("sh", "-c", script);
    }
}
