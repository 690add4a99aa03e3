package org.ascend4j.trainer.engine;

import java.util.List;
import org.ascend4j.trainer.progress.EpochMetrics;
import org.ascend4j.trainer.progress.Evaluation;
import org.ascend4j.trainer.progress.RunOutline;
import org.ascend4j.trainer.progress.RunResult;
import org.ascend4j.trainer.progress.StepMetrics;
import org.ascend4j.trainer.progress.TensorObserver;
import org.ascend4j.trainer.progress.TrainingListener;

/**
 * Combines several listeners into one.
 *
 * @param all the listeners, in the order in which they are called
 * @since 0.1.0
 */
public record Listeners(List<TrainingListener> all) implements TrainingListener {
    /** Returns the first listener that also observes tensors; null if there is none. */
    TensorObserver tensorObserver() {
        return all.stream()
                .filter(TensorObserver.class::isInstance)
                .map(TensorObserver.class::cast)
                .findFirst()
                .orElse(null);
    }

    @Override
    public void started(RunOutline outline) {
        all.forEach(listener -> listener.started(outline));
    }

    @Override
    public void stepsDone(List<StepMetrics> steps) {
        all.forEach(listener -> listener.stepsDone(steps));
    }

    @Override
    public void evaluated(int epoch, Evaluation evaluation) {
        all.forEach(listener -> listener.evaluated(epoch, evaluation));
    }

    @Override
    public void epochDone(EpochMetrics epoch) {
        all.forEach(listener -> listener.epochDone(epoch));
    }

    @Override
    public void tested(int epoch, Evaluation evaluation) {
        all.forEach(listener -> listener.tested(epoch, evaluation));
    }

    @Override
    public void finished(RunResult result) {
        all.forEach(listener -> listener.finished(result));
    }
}
