package org.ascend4j.cli.launch;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends a rank whose launcher was killed: nobody would end it otherwise when its peers die. */
public final class LauncherWatch {
    static final String VARIABLE = "ASCEND4J_LAUNCHER_PID";

    private static final Logger LOG = LoggerFactory.getLogger(LauncherWatch.class);
    private static final int INTERVAL_MILLIS = 500;
    private static final int ORPHANED = 1;

    private LauncherWatch() {}

    /** Starts watching, in a process that a launcher has started. */
    public static void start() {
        String pid = System.getenv(VARIABLE);
        if (pid == null) {
            return;
        }
        Thread thread = new Thread(() -> watch(Long.parseLong(pid)), "watch of the launcher");
        thread.setDaemon(true);
        thread.start();
    }

    /** Asks for the parent, not whether the launcher lives: killed, it seems to until its own parent asks for its exit code, which may be never. */
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
        // Not System.exit: it waits for a step that may wait for a peer that has gone too.
        Runtime.getRuntime().halt(ORPHANED);
    }

    /** Returns the process that this one is a child of now, 0 for one outside its container. */
    private static long parent() {
        return ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L);
    }
}
