package org.ascend4j.trainer.engine;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Numbers of every step of an epoch, such as the learning rates, on the device: a column for each step. */
final class FactorTable implements AutoCloseable {
    /** A number that changes from step to step and that the host knows in advance. */
    interface Row {
        /**
         * Returns the number of a step, for which the schedule has been set.
         *
         * @param ahead the number of steps from the next one to it
         * @param start where its images begin in the epoch
         */
        double of(long ahead, int start);
    }

    private final TrainState state;
    private final List<Row> rows;
    private final int steps;
    private final int images;
    private final Tensor table;
    private long first;

    /** Allocates a table for epochs of at most {@code steps} steps of {@code images} images. */
    FactorTable(TrainState state, List<Row> rows, Device device, int steps, int images) {
        this.state = state;
        this.rows = List.copyOf(rows);
        this.steps = steps;
        this.images = images;
        try (PointerScope scope = new PointerScope()) {
            table = torch.zeros(rows.size(), steps).to(device, ScalarType.Float).retainReference();
        }
    }

    /**
     * Fills the table for the next steps of an epoch. The schedule is then set for the first of them.
     *
     * @param stepsDone the number of steps before them, for the schedule
     * @param start where their images begin in the epoch
     * @param count their number
     */
    void load(long stepsDone, int start, int count) {
        first = stepsDone;
        float[] values = new float[rows.size() * steps];
        for (int step = count - 1; step >= 0; step--) {
            state.schedule(first + step);
            for (int row = 0; row < rows.size(); row++) {
                values[row * steps + step] = (float) rows.get(row).of(step, start + step * images);
            }
        }
        try (PointerScope scope = new PointerScope()) {
            table.copy_(torch.tensor(values).view_as(table));
        }
    }

    /** Returns the column of the step after {@code stepsDone} steps. */
    long column(long stepsDone) {
        return stepsDone - first;
    }

    /** Returns each row's number in a column whose own number is on the device (int64, one element): one element each. */
    Map<Row, Tensor> at(Tensor column) {
        Tensor factors = table.index_select(1, column);
        Map<Row, Tensor> numbers = new IdentityHashMap<>();
        for (int row = 0; row < rows.size(); row++) {
            numbers.put(rows.get(row), factors.select(0, row));
        }
        return numbers;
    }

    @Override
    public void close() {
        table.close();
    }
}
