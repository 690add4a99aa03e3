package org.ascend4j.cli.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.ascend4j.trainer.progress.RunOutline;
import org.ascend4j.trainer.progress.StepMetrics;
import org.ascend4j.trainer.progress.TrainingListener;

/** Measures steps by the arrival times of their results: one by one from a host, in windows from other devices. */
final class StepClock implements TrainingListener {
    /** Number of steps in which caches fill and kernels are chosen. */
    static final int WARM_UP = 5;

    private final List<Double> secondsPerStep = new ArrayList<>();
    private long last;
    private long firstStepDone;
    private int replicas;

    @Override
    public void started(RunOutline outline) {
        replicas = outline.replicas();
        last = System.nanoTime();
    }

    @Override
    public void stepsDone(List<StepMetrics> steps) {
        long now = System.nanoTime();
        if (firstStepDone == 0) {
            firstStepDone = System.currentTimeMillis();
        }
        if (steps.get(0).step() > WARM_UP) {
            secondsPerStep.add((now - last) / 1e9 / steps.size());
        }
        last = now;
    }

    /** Returns the run's number of model copies. */
    int replicas() {
        return replicas;
    }

    /** Returns the time at which the first step was done, in milliseconds since 1970. */
    long firstStepDone() {
        return firstStepDone;
    }

    /** Returns the median time of a step in seconds. */
    double secondsPerStep() {
        List<Double> sorted = new ArrayList<>(secondsPerStep);
        Collections.sort(sorted);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
