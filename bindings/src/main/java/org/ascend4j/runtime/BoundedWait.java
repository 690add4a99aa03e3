package org.ascend4j.runtime;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits inside libraries that know no time limit and may never return. */
public final class BoundedWait {
    private BoundedWait() {}

    /**
     * Runs something that waits, on a daemon thread of its own, which is left behind if it does not return in time.
     *
     * @param name the thread's name
     * @throws TimeoutException if it has not returned in time
     * @throws InterruptedException if the calling thread is interrupted
     */
    public static void run(String name, Duration patience, Runnable wait)
            throws TimeoutException, InterruptedException {
        FutureTask<Void> task = new FutureTask<>(wait, null);
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        try {
            task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
        }
    }
}
