package org.ascend4j.trainer.train;

import java.util.ArrayList;
import java.util.List;
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

    private final RankGroup ranks;
    private final int capacity;
    private final int batchSize;
    private final ResultWindow window;
    private final List<Step> pending = new ArrayList<>();
    private boolean stopAgreed;

    /**
     * Makes room.
     *
     * @param capacity how many steps are read at once
     * @param batchSize images of a forward pass
     * @param stepSize images of a step of one rank
     */
    StepResults(Device device, int capacity, int batchSize, int stepSize, RankGroup ranks) {
        this.ranks = ranks;
        this.capacity = capacity;
        this.batchSize = batchSize;
        window = new ResultWindow(device, capacity * batches(stepSize), capacity * stepSize);
    }

    private int batches(int images) {
        return (images + batchSize - 1) / batchSize;
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
        return pending.size() == capacity;
    }

    /** Waits for the device and for all ranks. */
    List<Result> read(RankShare share, boolean stop) {
        ResultWindow.Results own = window.read();
        int count = pending.size();
        double[] values = new double[2 * count + 1];
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
        double[] sums = ranks.sum(values);
        List<Result> results = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            results.add(new Result(pending.get(i), sums[2 * i] / ranks.size(), (int) sums[2 * i + 1]));
        }
        stopAgreed |= sums[2 * count] > 0;
        pending.clear();
        return results;
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
