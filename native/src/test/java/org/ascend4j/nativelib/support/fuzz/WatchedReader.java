package org.ascend4j.nativelib.support.fuzz;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ascend4j.Ascend4jException;

/** Reads inputs on a separate thread, so that an input that hangs is detected, and records the figures. */
final class WatchedReader implements AutoCloseable {
    /** The outcome for one input; the failure is null if the outcome is allowed. */
    private record Outcome(String failure, boolean accepted, int sentence, long heap, long outsideHeap, long nanos) {}

    private static final int FRAMES_SHOWN = 12;
    private static final int WARM_UP_SECONDS = 120;

    private final Fuzz.Reader reader;
    private final FuzzLimits limits;
    private final MemoryMeter meter = new MemoryMeter();
    private volatile Thread worker;
    private final ExecutorService executor = Executors.newSingleThreadExecutor(this::thread);
    private boolean hangs;
    private FuzzReport report = new FuzzReport(0, 0, 0, 0, 0, 0);

    WatchedReader(Fuzz.Reader reader, FuzzLimits limits) {
        this.reader = reader;
        this.limits = limits;
    }

    private Thread thread(Runnable task) {
        worker = new Thread(task, "fuzz");
        worker.setDaemon(true);
        return worker;
    }

    /** Returns the failure for an input; null if the outcome is allowed. */
    String read(byte[] input) {
        Future<Outcome> outcome = executor.submit(() -> outcome(input));
        try {
            Outcome seen = outcome.get(limits.seconds(), TimeUnit.SECONDS);
            add(seen);
            return seen.failure();
        } catch (TimeoutException e) {
            hangs = true;
            return "it takes more than " + limits.seconds() + " s, at " + frames(worker.getStackTrace());
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Reads an input without measuring it, because the first one loads classes and libraries. */
    void warmUp(byte[] input) {
        try {
            executor.submit(() -> outcome(input)).get(WARM_UP_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private Outcome outcome(byte[] input) {
        String failure = null;
        String sentence = null;
        long start = System.nanoTime();
        meter.start();
        try {
            reader.read(input);
        } catch (Ascend4jException e) {
            sentence = String.valueOf(e.getMessage());
            failure = Sentences.problem(e.getMessage(), limits.sentence());
        } catch (Throwable e) {
            failure = trace(e);
        }
        long heap = meter.heap();
        long outsideHeap = meter.outsideHeap();
        long allowed = limits.bytes(input.length);
        if (failure == null && Math.max(heap, outsideHeap) > allowed) {
            failure = input.length + " bytes of input allow " + allowed + " of memory, " + heap
                    + " are allocated on the heap, " + outsideHeap + " outside of it"
                    + (sentence == null ? "" : ": " + sentence);
        }
        return new Outcome(
                failure,
                sentence == null,
                sentence == null ? 0 : sentence.length(),
                heap,
                outsideHeap,
                System.nanoTime() - start);
    }

    private void add(Outcome seen) {
        report = new FuzzReport(
                report.inputs() + 1,
                report.accepted() + (seen.accepted() ? 1 : 0),
                Math.max(report.longestSentence(), seen.sentence()),
                Math.max(report.mostHeap(), seen.heap()),
                Math.max(report.mostNative(), seen.outsideHeap()),
                Math.max(report.slowest(), seen.nanos()));
    }

    /** Returns whether an input hangs, after which no further input can be read. */
    boolean hangs() {
        return hangs;
    }

    FuzzReport report() {
        return report;
    }

    private static String trace(Throwable e) {
        return e + " at " + frames(e.getStackTrace());
    }

    private static String frames(StackTraceElement[] frames) {
        return Stream.of(frames)
                .limit(FRAMES_SHOWN)
                .map(StackTraceElement::toString)
                .collect(Collectors.joining(" < "));
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
