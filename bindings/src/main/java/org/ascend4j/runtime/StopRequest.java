package org.ascend4j.runtime;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Turns SIGINT and SIGTERM into a request to stop after the current step.
 *
 * <p>On both signals the JVM runs its shutdown hooks and then exits with 130 or 143; the hook registered here only delays the exit until the owner has
 * finished, for example has written a checkpoint or released a device.
 *
 * @since 0.1.0
 */
public final class StopRequest implements AutoCloseable {
    private static final Duration OF_WHO_STOPS = Duration.ofMinutes(10);

    /** Longer than a device needs to finish its last work. */
    private static final Duration OF_OTHERS = Duration.ofSeconds(30);

    /** The open requests whose owners poll {@link #requested} and so are about to stop. */
    private static final Set<StopRequest> ASKED = ConcurrentHashMap.newKeySet();

    private final Duration patience;
    private final BooleanSupplier condition;
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;
    private volatile boolean requested;

    /** Starts listening, for an owner that polls {@link #requested}. */
    public StopRequest() {
        this(() -> false);
    }

    /** Starts listening, for an owner that polls {@link #requested}, which also returns true while a condition holds. */
    public StopRequest(BooleanSupplier condition) {
        this.condition = condition;
        patience = OF_WHO_STOPS;
        hook = new Thread(this::awaitStop, "stop-request");
        ASKED.add(this);
        listen();
    }

    /**
     * Starts listening, for an owner that does not poll {@link #requested}.
     *
     * @param patience the maximum delay of the exit; it starts again while owners that poll are about to stop
     */
    StopRequest(Duration patience) {
        this.patience = patience;
        condition = () -> false;
        hook = new Thread(this::awaitOthers, "exit-held");
        listen();
    }

    /** Delays JVM exit until {@link #close}, at most 30 s unless owners that poll are about to stop. */
    public static StopRequest unasked() {
        return new StopRequest(OF_OTHERS);
    }

    private void listen() {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The signal has already arrived, and another hook still delays the exit.
            requested = true;
        }
    }

    /** Returns whether the process has been asked to stop, or the condition holds. */
    public boolean requested() {
        return requested || condition.getAsBoolean();
    }

    /** Ends the delay of the exit. */
    @Override
    public void close() {
        ASKED.remove(this);
        done.countDown();
        if (!requested) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The signal arrived in the meantime: the hook is running and has just been released.
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
        // Only this hook accounts for requests that are opened after the signal.
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
