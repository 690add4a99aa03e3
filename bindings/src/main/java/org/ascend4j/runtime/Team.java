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
 * Threads that work side by side, each of whose operators uses threads of its own number.
 *
 * <p>Waiting members sleep: beside a busy neighbour on a processor a team gets slower in proportion, where OpenMP's spinning threads would nearly stop.
 */
public final class Team implements AutoCloseable {
    private final int threadsEach;
    private final int threadsBefore = TorchRuntime.threads();
    private final List<ExecutorService> others = new ArrayList<>();

    /**
     * Starts a team.
     *
     * @param members how many work at once, the calling thread among them
     * @param threadsEach threads of one operator of a member; the calling thread's are set too
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
        // OpenMP counts its threads per calling thread.
        run(member -> TorchRuntime.setThreads(threadsEach));
    }

    /** Returns how many members there are. */
    public int size() {
        return others.size() + 1;
    }

    /** Returns how many threads an operator of a member uses. */
    public int threadsEach() {
        return threadsEach;
    }

    /** Runs a task once for each member's number, 0 on the calling thread, and returns when all are done; the first failure is thrown then. */
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

    /** Waits without heeding interrupts, because what a member still computes on must not be freed. */
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

    /** Divides items among members: runs of neighbours whose sizes add up to about the same. */
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

    /** Ends the threads and gives the calling one's operators as many threads as before. */
    @Override
    public void close() {
        TorchRuntime.setThreads(threadsBefore);
        others.forEach(ExecutorService::shutdown);
    }
}
