package org.ascend4j.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.function.ToLongFunction;

/**
 * Threads that work in parallel; each of them has its own number of threads for its operators.
 *
 * <p>Waiting members sleep: if another process uses a processor, a team becomes slower in proportion, whereas OpenMP's spinning threads would nearly stop.
 *
 * @since 0.1.0
 */
public final class Team implements AutoCloseable {
    private final int threadsEach;
    private final int threadsBefore = TorchRuntime.threads();
    private final List<ExecutorService> others = new ArrayList<>();

    /**
     * Starts a team.
     *
     * @param members the number of members, including the calling thread
     * @param threadsEach the number of threads for one operator of a member; it is set for the calling thread as well
     */
    public Team(int members, int threadsEach) {
        this.threadsEach = threadsEach;
        TorchRuntime.setThreads(threadsEach);
        for (int i = 1; i < members; i++) {
            String name = "ascend4j-team-" + i;
            others.add(Executors.newSingleThreadExecutor(task -> {
                Thread thread = new Thread(task, name);
                thread.setDaemon(true);
                return thread;
            }));
        }
        // OpenMP has a separate number of threads for each calling thread.
        run(member -> TorchRuntime.setThreads(threadsEach));
    }

    /** Returns the number of members. */
    public int size() {
        return others.size() + 1;
    }

    /** Returns the number of threads for one operator of a member. */
    public int threadsEach() {
        return threadsEach;
    }

    /** Runs a task once per member, with the member's number, 0 being the calling thread; returns when all have finished, and then throws the first failure. */
    public void run(IntConsumer task) {
        List<Future<?>> running = new ArrayList<>(others.size());
        for (int i = 0; i < others.size(); i++) {
            int member = i + 1;
            running.add(others.get(i).submit(() -> task.accept(member)));
        }
        Throwable failure = null;
        try {
            task.accept(0);
        } catch (RuntimeException | Error e) {
            failure = e;
        }
        for (Future<?> future : running) {
            Throwable other = outcome(future);
            failure = failure == null ? other : failure;
        }
        if (failure instanceof Error error) {
            throw error;
        } else if (failure != null) {
            throw (RuntimeException) failure;
        }
    }

    /** Waits even if interrupted, because memory that a member still uses must not be freed. */
    private static Throwable outcome(Future<?> future) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    future.get();
                    return null;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (CancellationException e) {
                    return e;
                } catch (ExecutionException e) {
                    return e.getCause();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Divides items among members, into runs of neighbours with about the same total size. */
    public static <T> List<List<T>> shares(List<T> items, ToLongFunction<T> size, int members) {
        double total = items.stream().mapToLong(size).sum();
        List<List<T>> shares = new ArrayList<>();
        for (int i = 0; i < members; i++) {
            shares.add(new ArrayList<>());
        }
        long before = 0;
        for (T item : items) {
            double middle = before + size.applyAsLong(item) / 2.0;
            shares.get((int) Math.min(members - 1, middle / total * members)).add(item);
            before += size.applyAsLong(item);
        }
        return shares;
    }

    /** Ends the threads and restores the calling thread's number of threads for operators. */
    @Override
    public void close() {
        TorchRuntime.setThreads(threadsBefore);
        others.forEach(ExecutorService::shutdown);
    }
}
