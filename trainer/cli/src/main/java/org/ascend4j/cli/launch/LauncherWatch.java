package org.ascend4j.cli.launch;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends a rank whose launcher was killed. Otherwise the rank would not end when its peers die. */
public final class LauncherWatch {
    static final String VARIABLE = "ASCEND4J_LAUNCHER_PID";

    private static final Logger LOG = LoggerFactory.getLogger(LauncherWatch.class);
    private static final int INTERVAL_MILLIS = 500;
    private static final int ORPHANED = 1;

    private LauncherWatch() {}

    /** Starts the watch in a process that was started by a launcher. */
    public static void start() {
        String pid = System.getenv(VARIABLE);
        if (pid == null) {
            return;
        }
        Thread thread = new Thread(() -> watch(Long.parseLong(pid)), "watch of the launcher");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Checks the parent process, not whether the launcher is alive. A killed launcher appears alive until its own
     * parent reads its exit code, which may never happen.
     */
    private static void watch(long launcher) {
        try {
            while (parent() == launcher) {
                Thread.sleep(INTERVAL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        LOG.error("The launcher of this rank has gone; the rank ends.");
        // System.exit would wait for the current step, which may wait for a peer that is gone too.
        Runtime.getRuntime().halt(ORPHANED);
    }

    /** Returns the id of this process's parent; 0 for a parent outside the container. */
    private static long parent() {
        return ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L);
    }
}
