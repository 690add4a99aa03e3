package org.ascend4j.runtime;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.ascend4j.Ascend4jException;

/**
 * Limits the time of waits inside libraries that have no time-out and may never return.
 *
 * <p><b>Not public API</b>: the modules of this project share it.
 *
 * @since 0.1.0
 */
public final class BoundedWait {
    private BoundedWait() {}

    /**
     * Runs a wait on its own daemon thread, which is abandoned if it does not return in time.
     *
     * @param name the thread's name
     * @throws TimeoutException if it has not returned in time
     * @throws Ascend4jException if the calling thread is interrupted
     */
    public static void run(String name, Duration patience, Runnable wait) throws TimeoutException {
        call(name, patience, () -> {
            wait.run();
            return null;
        });
    }

    /**
     * Runs a wait that returns a result, in the same way.
     *
     * @throws TimeoutException if it has not returned in time
     * @throws Ascend4jException if the calling thread is interrupted
     */
    public static <T> T call(String name, Duration patience, Supplier<T> wait) throws TimeoutException {
        FutureTask<T> task = new FutureTask<>(wait::get);
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Ascend4jException("interrupted while waiting for " + name, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
        }
    }
}
