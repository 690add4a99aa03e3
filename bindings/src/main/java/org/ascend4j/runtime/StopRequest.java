package org.ascend4j.runtime;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns SIGINT and SIGTERM into a request to stop after the current step.
 *
 * <p>The JVM answers both with its shutdown hooks and then exits with 130 or 143 by itself; the hook made here only holds it back until
 * whoever asked is done: a checkpoint written, a device released.
 */
public final class StopRequest implements AutoCloseable {
    private static final Duration OF_WHO_STOPS = Duration.ofMinutes(10);

    /** Longer than a device takes to end its last work. */
    private static final Duration OF_OTHERS = Duration.ofSeconds(30);

    /** Those whose owner asks, and so is about to stop. */
    private static final Set<StopRequest> ASKED = ConcurrentHashMap.newKeySet();

    private final Duration patience;
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;
    private volatile boolean requested;

    /** Starts listening, for somebody who asks again and again whether to stop. */
    public StopRequest() {
        patience = OF_WHO_STOPS;
        hook = new Thread(this::awaitStop, "stop-request");
        ASKED.add(this);
        listen();
    }

    /**
     * Starts listening, for somebody who does not ask.
     *
     * @param patience how long he may take; it begins anew while others, who ask, are about to stop
     */
    StopRequest(Duration patience) {
        this.patience = patience;
        hook = new Thread(this::awaitOthers, "exit-held");
        listen();
    }

    /** Returns one that nobody needs to ask: it holds the process back until it is closed, but not for long if nobody else is about to stop. */
    public static StopRequest unasked() {
        return new StopRequest(OF_OTHERS);
    }

    private void listen() {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The signal has come before, and something else still holds the process back.
            requested = true;
        }
    }

    /** Returns whether the process has been asked to stop. */
    public boolean requested() {
        return requested;
    }

    /** Lets the process go. */
    @Override
    public void close() {
        ASKED.remove(this);
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

    private void awaitStop() {
        requested = true;
        awaitDone();
        ASKED.remove(this);
    }

    private void awaitOthers() {
        requested = true;
        // Of those who begin after the signal only this hook knows.
        long end = System.nanoTime() + OF_WHO_STOPS.toNanos();
        boolean othersStop;
        do {
            othersStop = !ASKED.isEmpty();
        } while (!awaitDone() && (othersStop || !ASKED.isEmpty()) && end - System.nanoTime() > 0);
    }

    private boolean awaitDone() {
        try {
            return done.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
