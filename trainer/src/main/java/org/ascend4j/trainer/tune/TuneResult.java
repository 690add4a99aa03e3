package org.ascend4j.trainer.tune;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a search has found so far.
 *
 * @param plan the plan
 * @param results the results of all finished rungs, in the order in which they finished
 * @param folder the search's folder
 * @since 0.1.0
 */
public record TuneResult(TunePlan plan, List<TrialResult> results, Path folder) {
    /** Returns each trial's result in its last rung, the best one first. */
    public List<TrialResult> ranking() {
        Map<Integer, TrialResult> latest = new LinkedHashMap<>();
        results.forEach(result -> latest.put(result.trial(), result));
        return latest.values().stream().sorted(TrialResult.BEST_FIRST).toList();
    }

    /** Returns the best result; empty if there is none, or all trials diverged. */
    public Optional<TrialResult> best() {
        return ranking().stream().filter(result -> !result.diverged()).findFirst();
    }

    /** Returns what is not done yet, a text for each rung; empty if the search is complete. */
    public List<String> rest() {
        List<String> rest = new ArrayList<>();
        long survivors = plan.trials();
        for (int rung = 1; rung <= plan.rungs().size(); rung++) {
            int number = rung;
            List<TrialResult> done =
                    results.stream().filter(result -> result.rung() == number).toList();
            long planned = Math.min(plan.rung(rung).trials(), survivors);
            if (done.size() < planned) {
                rest.add("rung " + rung + ": " + (planned - done.size()) + " of " + planned + " trials");
            } else {
                survivors = done.stream().filter(result -> !result.diverged()).count();
            }
        }
        return rest;
    }

    /** Returns the page with the picture. */
    public Path page() {
        return folder.resolve(TuneFiles.PAGE);
    }

    /** Returns the recipe with the best settings; it exists if there is a best result. */
    public Path recipe() {
        return folder.resolve(TuneFiles.BEST);
    }
}
