package org.ascend4j.trainer.launch;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends a rank whose launcher was killed: nobody would end it otherwise when its peers die. */
public final class LauncherWatch {
    static final String VARIABLE = "ASCEND4J_LAUNCHER_PID";

    private static final Logger LOG = LoggerFactory.getLogger(LauncherWatch.class);
    private static final int ORPHANED = 1;

    private LauncherWatch() {}

    /** Starts watching, in a process that a launcher has started. */
    public static void start() {
        String pid = System.getenv(VARIABLE);
        if (pid == null) {
            return;
        }
        ProcessHandle.of(Long.parseLong(pid))
                .ifPresentOrElse(
                        launcher -> launcher.onExit().thenRun(LauncherWatch::orphaned), LauncherWatch::orphaned);
    }

    private static void orphaned() {
        LOG.error("The launcher of this rank has gone; the rank ends.");
        // Not System.exit: it waits for a step that may wait for a peer that has gone too.
        Runtime.getRuntime().halt(ORPHANED);
    }
}
