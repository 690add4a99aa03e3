package org.ascend4j.cli.console;

import java.util.Locale;
import org.ascend4j.trainer.progress.RunResult;

/** Formats the end of a run as one sentence. */
public final class ResultLine {
    private ResultLine() {}

    /** Returns the sentence for a run. */
    public static String of(RunResult result) {
        String how = result.interrupted() ? "Stopped by a signal" : "Done";
        String best = result.bestAccuracy() == null
                ? "nothing was evaluated"
                : String.format(
                        Locale.ROOT,
                        "best test accuracy %.2f%% at epoch %d",
                        100 * result.bestAccuracy(),
                        result.bestEpoch());
        return String.format(
                Locale.ROOT,
                "%s after %d steps (%d epochs, %s): %s.",
                how,
                result.steps(),
                result.epochs(),
                Durations.print(result.seconds()),
                best);
    }
}
