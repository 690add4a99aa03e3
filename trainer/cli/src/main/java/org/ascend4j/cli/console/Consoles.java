package org.ascend4j.cli.console;

import org.ascend4j.trainer.progress.RunResult;
import org.ascend4j.trainer.progress.TrainingListener;

/** Chooses how to show the progress of a run. */
public final class Consoles {
    private static final int USUAL = 100;

    private Consoles() {}

    /**
     * Returns a progress bar on a terminal, otherwise plain lines, or only the result if {@code quiet}.
     *
     * @param every number of iterations between two lines; null for 100, or for no lines above a bar
     */
    public static TrainingListener choose(Integer every, boolean quiet) {
        if (quiet) {
            return new TrainingListener() {
                @Override
                public void finished(RunResult result) {
                    System.out.println(ResultLine.of(result));
                }
            };
        }
        return System.console() == null
                ? new PlainConsole(System.out, every == null ? USUAL : every)
                : new ProgressConsole(System.out, every == null ? Integer.MAX_VALUE : every);
    }
}
