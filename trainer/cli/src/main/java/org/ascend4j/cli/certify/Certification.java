package org.ascend4j.cli.certify;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.ascend4j.Ascend4jException;
import org.ascend4j.device.NpuProblem;
import org.ascend4j.device.Precision;

/** Runs all trials in sequence. A trial that throws counts as failed, and the others still run. */
public final class Certification {
    private Certification() {}

    /**
     * A trial with its outcome.
     *
     * @param name the trial
     * @param outcome its outcome
     */
    public record Result(String name, Outcome outcome) {}

    /** Runs all trials; {@code watcher} receives each result immediately. */
    public static List<Result> run(Candidate candidate, Consumer<Result> watcher) {
        List<Result> results = new ArrayList<>();
        for (Trial trial : trials()) {
            Result result = new Result(trial.name(), attempt(trial, candidate));
            results.add(result);
            watcher.accept(result);
        }
        return results;
    }

    private static List<Trial> trials() {
        List<Trial> trials = new ArrayList<>(List.of(new ParityTrial(), new LearningTrial()));
        for (Precision precision : Precision.values()) {
            trials.add(new PrecisionTrial(precision));
        }
        trials.addAll(List.of(new MemoryTrial(), new ResumeTrial(), new DeterminismTrial(), new GraphTrial()));
        for (Precision precision : Precision.values()) {
            trials.add(new SpeedTrial(precision));
        }
        return trials;
    }

    static Outcome attempt(Trial trial, Candidate candidate) {
        try {
            return trial.run(candidate);
        } catch (Ascend4jException e) {
            return new Outcome(false, e.getMessage());
        } catch (RuntimeException e) {
            return new Outcome(false, NpuProblem.explain(e).getMessage());
        }
    }
}
