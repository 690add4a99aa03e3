package org.ascend4j.runtime;

/**
 * A process with all its descendants.
 *
 * <p><b>Not public API</b>: the modules of this project share it.
 *
 * @since 0.1.0
 */
public final class ProcessTree {
    private ProcessTree() {}

    /** Kills a process, if it is still alive, after its descendants, which would otherwise keep running; its output so far can still be read. */
    public static void kill(Process root) {
        if (root.isAlive()) {
            root.descendants().forEach(ProcessHandle::destroyForcibly);
            root.toHandle().destroyForcibly();
        }
    }
}
