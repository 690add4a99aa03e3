package org.ascend4j.cli.console;

import java.util.Locale;
import org.ascend4j.trainer.progress.RunEnd;
import org.ascend4j.trainer.progress.RunResult;

/** Formats the end of a run as one sentence. */
public final class ResultLine {
    private ResultLine() {}

    /** Returns the sentence for a run. */
    public static String of(RunResult result) {
        String how =
                switch (result.end()) {
                    case DONE -> "Done";
                    case INTERRUPTED -> "Stopped by a signal";
                    case OUT_OF_PATIENCE -> "Stopped";
                };
        String best = result.bestAccuracy() == null
                ? "nothing was evaluated"
                : String.format(
                        Locale.ROOT,
                        "best %s accuracy %.2f%% at epoch %d%s",
                        result.evaluated().label(),
                        100 * result.bestAccuracy(),
                        result.bestEpoch(),
                        tested(result));
        return String.format(
                Locale.ROOT,
                "%s after %d steps (%d epochs, %s)%s: %s.",
                how,
                result.steps(),
                result.epochs(),
                Durations.print(result.seconds()),
                reason(result),
                best);
    }

    private static String reason(RunResult result) {
        if (result.end() != RunEnd.OUT_OF_PATIENCE) {
            return "";
        }
        int epochs = result.epochs() - result.bestEpoch();
        return epochs == 1
                ? ", because an epoch brought no better accuracy"
                : ", because " + epochs + " epochs in a row brought no better accuracy";
    }

    private static String tested(RunResult result) {
        return result.testAccuracy() == null
                ? ""
                : String.format(Locale.ROOT, ", test accuracy %.2f%% with its weights", 100 * result.testAccuracy());
    }
}
