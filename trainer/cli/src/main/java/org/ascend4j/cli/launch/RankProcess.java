package org.ascend4j.cli.launch;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ascend4j.Ascend4jException;
import org.ascend4j.distributed.Rank;
import org.ascend4j.runtime.ProcessTree;

/** The process of one rank. Rank 0 uses the terminal and shows the progress; the lines of other ranks are prefixed with their rank. */
final class RankProcess {
    private static final Duration LAST_LINES = Duration.ofSeconds(1);

    private final Rank rank;
    private final Process process;
    private final List<Thread> outputs = new ArrayList<>();

    private RankProcess(Rank rank, Process process) {
        this.rank = rank;
        this.process = process;
    }

    static RankProcess start(Rank rank, List<String> command, Map<String, String> variables) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(rank.environment());
        builder.environment().putAll(variables);
        builder.environment()
                .put(
                        LauncherWatch.VARIABLE,
                        Long.toString(ProcessHandle.current().pid()));
        if (rank.isFirst()) {
            builder.inheritIO();
        } else {
            builder.redirectInput(Redirect.from(new File("/dev/null")));
        }
        try {
            RankProcess started = new RankProcess(rank, builder.start());
            if (!rank.isFirst()) {
                started.copy(started.process.getInputStream(), System.out);
                started.copy(started.process.getErrorStream(), System.err);
            }
            return started;
        } catch (IOException e) {
            throw new Ascend4jException("rank " + rank.number() + " cannot be started: " + e.getMessage(), e);
        }
    }

    private void copy(InputStream from, PrintStream to) {
        Thread thread = new Thread(() -> copyLines(from, to), "output of rank " + rank.number());
        thread.setDaemon(true);
        outputs.add(thread);
        thread.start();
    }

    private void copyLines(InputStream from, PrintStream to) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(from, Charset.defaultCharset()))) {
            lines.lines().forEach(line -> to.println("[rank " + rank.number() + "] " + line));
        } catch (IOException | UncheckedIOException e) {
            // The process has ended and closed its pipe.
            to.flush();
        }
    }

    Rank rank() {
        return rank;
    }

    Process process() {
        return process;
    }

    int exitCode() {
        return process.exitValue();
    }

    /** Asks the process to stop. {@code Process.destroy} is not used, because it closes the pipes for the process's remaining output. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** Kills the process and its child processes, such as compilers of operators, which would otherwise keep running. */
    void kill() {
        ProcessTree.kill(process);
    }

    /** Waits until the last lines of an ended process are shown. The wait is short, because a child process may keep the pipe open. */
    void showLastLines() {
        try {
            for (Thread output : outputs) {
                output.join(LAST_LINES.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns whether the process has ended by the deadline, a value of {@link System#nanoTime}. */
    boolean endedBy(long deadline) {
        try {
            return process.waitFor(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
