package org.ascend4j.trainer.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.ascend4j.distributed.RankGroup;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;

/** Losses and hits of the steps since the last reading, over all ranks; the ranks also agree here on a request to stop. */
final class StepResults implements AutoCloseable {
    /**
     * A step whose results are still on the device.
     *
     * @param number the step's number in the run, from 1
     * @param learningRate what it used
     * @param momentum what it used
     * @param start where its images begin in this rank's share of the epoch
     * @param images how many images of this rank it has
     */
    record Step(long number, double learningRate, double momentum, int start, int images) {}

    /** A step's mean loss, and how many images of all ranks it classified right. */
    record Result(Step step, double loss, int hits) {}

    /** A request to stop waits so long for the next reading, and whoever sent it may kill the ranks in half a minute. */
    private static final double LONGEST_SECONDS = 5;

    private final RankGroup ranks;
    private final int capacity;
    private final int batchSize;
    private final LongSupplier clock;
    private final ResultWindow window;
    private final List<Step> pending = new ArrayList<>();
    /** How many steps the next reading waits for: one until it is known how long that takes. */
    private int next = 1;

    private long begun;
    private boolean stopAgreed;

    /**
     * Makes room.
     *
     * @param capacity how many steps are read at once, if they are fast
     * @param batchSize images of a forward pass
     * @param stepSize images of a step of one rank
     * @param clock nanoseconds
     */
    StepResults(Device device, int capacity, int batchSize, int stepSize, RankGroup ranks, LongSupplier clock) {
        this.ranks = ranks;
        this.capacity = capacity;
        this.batchSize = batchSize;
        this.clock = clock;
        window = new ResultWindow(device, capacity * batches(stepSize), capacity * stepSize);
    }

    private int batches(int images) {
        return (images + batchSize - 1) / batchSize;
    }

    /** Notes that a step begins. */
    void begin() {
        if (pending.isEmpty()) {
            begun = clock.getAsLong();
        }
    }

    /** Notes a batch of the step that {@link #add(Step)} names afterwards. */
    void add(Tensor loss, Tensor logits) {
        window.add(loss, logits);
    }

    void add(Step step) {
        pending.add(step);
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    boolean isFull() {
        return pending.size() >= next;
    }

    /** Waits for the device and for all ranks. */
    List<Result> read(RankShare share, boolean stop) {
        ResultWindow.Results own = window.read();
        int count = pending.size();
        double[] values = new double[2 * count + 2];
        int batch = 0;
        int image = 0;
        for (int i = 0; i < count; i++) {
            Step step = pending.get(i);
            double sum = 0;
            for (int done = 0; done < step.images(); done += batchSize) {
                sum += (double) own.losses()[batch++] * Math.min(batchSize, step.images() - done);
            }
            values[2 * i] = sum / step.images();
            values[2 * i + 1] = share.hits(step.start(), step.images(), own.predictions(), image);
            image += step.images();
        }
        values[2 * count] = stop ? 1 : 0;
        values[2 * count + 1] = (clock.getAsLong() - begun) / 1e9;
        double[] sums = ranks.sum(values);
        List<Result> results = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            results.add(new Result(pending.get(i), sums[2 * i] / ranks.size(), (int) sums[2 * i + 1]));
        }
        stopAgreed |= sums[2 * count] > 0;
        next = steps(sums[2 * count + 1] / ranks.size() / count);
        pending.clear();
        return results;
    }

    /** Returns how many steps of so many seconds to read at once: the same on all ranks, which have the same sum. */
    private int steps(double seconds) {
        return (int) Math.max(1, Math.min(capacity, LONGEST_SECONDS / seconds));
    }

    /** Returns whether a rank had been asked to stop at the last reading. */
    boolean stopAgreed() {
        return stopAgreed;
    }

    @Override
    public void close() {
        window.close();
    }
}
