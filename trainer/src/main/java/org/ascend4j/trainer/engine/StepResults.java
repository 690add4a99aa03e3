package org.ascend4j.trainer.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.ascend4j.distributed.RankGroup;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;

/** Losses and hits of the steps since the last reading, over all ranks. The ranks also agree here on a request to stop. */
final class StepResults implements AutoCloseable {
    /**
     * A step whose results are still on the device.
     *
     * @param number the step's number in the run, from 1
     * @param learningRate the learning rate that the step used
     * @param momentum the momentum that the step used
     * @param start where its images begin in this rank's share of the epoch
     * @param images number of images of this rank
     */
    record Step(long number, double learningRate, double momentum, int start, int images) {}

    /** The mean loss of a step, and how many images of all ranks it classified correctly. */
    record Result(Step step, double loss, int hits) {}

    /**
     * The longest time in seconds between two readings. A request to stop waits for the next reading, and its sender
     * may kill the ranks after half a minute.
     */
    private static final double LONGEST_SECONDS = 5;

    private final RankGroup ranks;
    private final int capacity;
    private final int batchSize;
    private final LongSupplier clock;
    private final ResultWindow window;
    private final List<Step> pending = new ArrayList<>();
    /** Number of steps until the next reading: 1 until the time of a step is known. */
    private int next = 1;

    private long begun;
    private boolean stopAgreed;

    /**
     * Allocates buffers.
     *
     * @param capacity the largest number of steps to read at once
     * @param batchSize images per forward pass
     * @param stepSize images per step of one rank
     * @param clock a clock that returns nanoseconds
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

    /** Records the start of a step. */
    void begin() {
        if (pending.isEmpty()) {
            begun = clock.getAsLong();
        }
    }

    /** Records a batch of the step that {@link #add(Step)} will add afterwards. */
    void add(Tensor loss, Tensor logits) {
        window.add(loss, logits);
    }

    /** Returns the buffers on the device. */
    ResultWindow window() {
        return window;
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

    /** Waits for the device and for all ranks, and returns the results of the steps recorded. */
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

    /**
     * Returns how many steps to read at once if one takes {@code seconds}. All ranks get the same result, because the
     * sum is the same on all of them.
     */
    private int steps(double seconds) {
        return (int) Math.max(1, Math.min(capacity, LONGEST_SECONDS / seconds));
    }

    /** Returns whether any rank had a request to stop at the last reading. */
    boolean stopAgreed() {
        return stopAgreed;
    }

    @Override
    public void close() {
        window.close();
    }
}
