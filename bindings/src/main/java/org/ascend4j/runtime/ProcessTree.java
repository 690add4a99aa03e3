package org.ascend4j.runtime;

/** A process with all that it has started and that has started. */
public final class ProcessTree {
    private ProcessTree() {}

    /** Kills a process, if it still lives, and its descendants first, which nobody else would end; what has been printed can still be read. */
    public static void kill(Process root) {
        if (root.isAlive()) {
            root.descendants().forEach(ProcessHandle::destroyForcibly);
            root.toHandle().destroyForcibly();
        }
    }
}
