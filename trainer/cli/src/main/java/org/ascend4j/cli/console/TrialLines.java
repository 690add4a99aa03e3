package org.ascend4j.cli.console;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.ascend4j.Printable;
import org.ascend4j.trainer.tune.Rung;
import org.ascend4j.trainer.tune.TrialResult;
import org.ascend4j.trainer.tune.TuneListener;
import org.ascend4j.trainer.tune.TunePlan;
import org.ascend4j.trainer.tune.TuneResult;

/**
 * Prints a line for each finished trial of a search, and the table of the best ones.
 *
 * @param out where lines are printed
 */
public record TrialLines(PrintStream out) implements TuneListener {
    private static final int SHOWN = 10;

    @Override
    public void planned(TunePlan plan) {
        for (int k = 1; k <= plan.rungs().size(); k++) {
            Rung rung = plan.rung(k);
            out.printf(Locale.ROOT, "Rung %d: %d trials of %d images%n", k, rung.trials(), rung.images());
        }
    }

    @Override
    public void trialDone(TunePlan plan, TrialResult result) {
        out.printf(
                Locale.ROOT,
                "Rung %d, trial %d, %s: %s after %d steps, %s%n",
                result.rung(),
                result.trial(),
                settings(result),
                accuracy(result),
                result.steps(),
                Durations.print(result.seconds()));
    }

    /** Returns the lines of a table of the best trials, the best one first. */
    public static List<String> table(TuneResult result) {
        List<String> lines = new ArrayList<>();
        lines.add("Trial  Rung   Steps  Accuracy  Settings");
        for (TrialResult trial : result.ranking().stream().limit(SHOWN).toList()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%5d  %4d  %6d  %8s  %s",
                    trial.trial(),
                    trial.rung(),
                    trial.steps(),
                    accuracy(trial),
                    settings(trial)));
        }
        return lines;
    }

    private static String accuracy(TrialResult result) {
        return result.diverged() ? "diverged" : String.format(Locale.ROOT, "%.2f%%", 100 * result.accuracy());
    }

    private static String settings(TrialResult result) {
        return result.settings().entrySet().stream()
                .map(entry -> Printable.of(entry.getKey()) + " " + Printable.of(entry.getValue()))
                .collect(Collectors.joining(", "));
    }
}
