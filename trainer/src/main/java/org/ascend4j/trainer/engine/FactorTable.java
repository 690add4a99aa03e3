package org.ascend4j.trainer.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ascend4j.optim.RecordableUpdate;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The factors of the update for every step of an epoch, such as the learning rates, on the device: a column for each step. */
final class FactorTable implements AutoCloseable {
    private final TrainState state;
    private final RecordableUpdate update;
    private final int steps;
    private final Tensor table;
    private long first;

    /** Allocates a table for epochs of {@code steps} steps. */
    FactorTable(TrainState state, RecordableUpdate update, Device device, int steps) {
        this.state = state;
        this.update = update;
        this.steps = steps;
        int rows =
                Arrays.stream(update.factors(0)).mapToInt(group -> group.length).sum();
        try (PointerScope scope = new PointerScope()) {
            table = torch.zeros(rows, steps).to(device, ScalarType.Float).retainReference();
        }
    }

    /** Fills the table for the rest of an epoch, whose first step comes after {@code stepsDone} steps. The schedule is then set for that step. */
    void load(long stepsDone) {
        first = stepsDone;
        int rest = steps - (int) (stepsDone % steps);
        float[] values = new float[(int) table.numel()];
        for (int step = rest - 1; step >= 0; step--) {
            state.schedule(first + step);
            int row = 0;
            for (double[] group : update.factors(step)) {
                for (double factor : group) {
                    values[row++ * steps + step] = (float) factor;
                }
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

    /** Returns the factors of each group for the step at a column whose number is on the device (int64, one element). */
    List<Tensor[]> at(Tensor column) {
        Tensor factors = table.index_select(1, column);
        List<Tensor[]> groups = new ArrayList<>();
        int row = 0;
        for (double[] group : update.factors(0)) {
            Tensor[] own = new Tensor[group.length];
            for (int i = 0; i < own.length; i++) {
                own[i] = factors.select(0, row++);
            }
            groups.add(own);
        }
        return groups;
    }

    @Override
    public void close() {
        table.close();
    }
}
