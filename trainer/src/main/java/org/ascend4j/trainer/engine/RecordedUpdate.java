package org.ascend4j.trainer.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ascend4j.optim.RecordableUpdate;
import org.bytedeco.pytorch.Tensor;

/** The end of a recorded step: the update of the weights and of their moving average, with numbers from the device. */
final class RecordedUpdate {
    private final TrainState state;
    private final double clipNorm;
    private final RecordableUpdate update;
    private final List<List<FactorTable.Row>> factors = new ArrayList<>();
    private final Optional<WeightAverage> average;
    private final FactorTable.Row share;

    RecordedUpdate(TrainState state, double clipNorm) {
        this.state = state;
        this.clipNorm = clipNorm;
        update = state.recordable().orElseThrow();
        double[][] groups = update.factors(0);
        for (int g = 0; g < groups.length; g++) {
            List<FactorTable.Row> own = new ArrayList<>();
            for (int i = 0; i < groups[g].length; i++) {
                int group = g;
                int index = i;
                own.add((ahead, start) -> update.factors(ahead)[group][index]);
            }
            factors.add(own);
        }
        average = state.average().filter(WeightAverage::isInEveryStep);
        share = (ahead, start) -> average.orElseThrow().share(ahead);
    }

    /** Returns the numbers that it reads. */
    List<FactorTable.Row> rows() {
        List<FactorTable.Row> rows = new ArrayList<>();
        factors.forEach(rows::addAll);
        average.ifPresent(found -> rows.add(share));
        return rows;
    }

    /** Submits it without counting it as a step. */
    void record(Map<FactorTable.Row, Tensor> numbers) {
        state.record(
                clipNorm,
                update,
                factors.stream()
                        .map(group -> group.stream().map(numbers::get).toArray(Tensor[]::new))
                        .toList());
        average.ifPresent(found -> found.record(numbers.get(share)));
    }

    /** Counts a repetition, the run's step {@code number}; an average that only some steps update is updated here. */
    void repeated(long number) {
        update.repeated();
        if (average.isPresent()) {
            average.get().repeated();
        } else {
            state.average().ifPresent(found -> found.stepDone(number));
        }
    }
}
