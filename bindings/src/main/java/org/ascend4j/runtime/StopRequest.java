package org.ascend4j.runtime;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns SIGINT and SIGTERM into a request to stop after the current step.
 *
 * <p>The JVM answers both with its shutdown hooks and then exits with 130 or 143 by itself; the hook made here only holds it back until
 * whoever asked is done: a checkpoint written, a device released.
 */
public final class StopRequest implements AutoCloseable {
    private static final long PATIENCE_MINUTES = 10;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::await, "stop-request");
    private volatile boolean requested;

    /** Starts listening. */
    public StopRequest() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Returns whether the process has been asked to stop. */
    public boolean requested() {
        return requested;
    }

    /** Lets the process go. */
    @Override
    public void close() {
        done.countDown();
        if (!requested) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The signal came in between: the hook is running and has just been released.
                requested = true;
            }
        }
    }

    private void await() {
        requested = true;
        try {
            done.await(PATIENCE_MINUTES, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
