package org.ascend4j.runtime;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.ascend4j.Ascend4jException;

/**
 * Queries a Python interpreter about its environment, in a separate process.
 *
 * <p><b>Not public API</b>: the modules of this project share it.
 *
 * @since 0.1.0
 */
public final class PythonProcess {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private PythonProcess() {}

    /**
     * Returns the output of a script.
     *
     * @param python the interpreter
     * @throws Ascend4jException if the interpreter cannot be started, fails, or does not finish within a minute
     */
    public static String output(String python, String script, List<String> arguments) {
        return output(
                PATIENCE,
                Stream.concat(Stream.of(python, "-c", script), arguments.stream())
                        .toList());
    }

    static String output(Duration patience, List<String> command) {
        String python = "the Python " + command.get(0);
        Process process = start(command);
        try {
            String output = BoundedWait.call("the answer of " + python, patience, () -> read(process));
            if (process.exitValue() != 0) {
                throw new Ascend4jException(
                        python + " is expected to be 3.9 or newer and to work, found it failing with" + " exit code "
                                + process.exitValue() + "; set --torch-home to another environment");
            }
            return output;
        } catch (TimeoutException e) {
            throw new Ascend4jException(
                    python + " is expected to answer within " + patience.toMillis() / 1000.0
                            + " s, found it silent; see whether its storage hangs, or set --torch-home to another"
                            + " environment",
                    e);
        } finally {
            ProcessTree.kill(process);
        }
    }

    private static Process start(List<String> command) {
        try {
            return new ProcessBuilder(command)
                    .redirectInput(Redirect.from(new File("/dev/null")))
                    .redirectError(Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new Ascend4jException(
                    "the Python " + command.get(0) + " is expected to run, found: " + e.getMessage()
                            + "; set --torch-home to another environment",
                    e);
        }
    }

    /** Returns the output of a process when it has ended. */
    private static String read(Process process) {
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Ascend4jException("interrupted while Python answered", e);
        }
    }
}
