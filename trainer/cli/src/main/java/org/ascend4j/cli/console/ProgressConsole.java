package org.ascend4j.cli.console;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.ascend4j.trainer.progress.EpochMetrics;
import org.ascend4j.trainer.progress.RunOutline;
import org.ascend4j.trainer.progress.RunResult;
import org.ascend4j.trainer.progress.StepMetrics;
import org.ascend4j.trainer.progress.TrainingListener;

/** A progress bar per epoch on a terminal, over the lines of {@link PlainConsole}. */
public final class ProgressConsole implements TrainingListener {
    private final PlainConsole lines;
    private RunOutline outline;
    private ProgressBar bar;

    /** Prints lines to {@code out}, one every {@code every} iterations, and the bar to the error stream. */
    public ProgressConsole(PrintStream out, int every) {
        lines = new PlainConsole(new AboveBar(out), every);
    }

    @Override
    public void started(RunOutline outline) {
        this.outline = outline;
        lines.started(outline);
    }

    @Override
    public void stepsDone(List<StepMetrics> steps) {
        StepMetrics last = steps.get(steps.size() - 1);
        if (bar == null) {
            bar = open(last.epoch());
        }
        bar.stepTo(outline.iteration(last.step()));
        bar.setExtraMessage(String.format(Locale.ROOT, " loss %.3f lr %.3g", last.loss(), last.lr()));
        lines.stepsDone(steps);
    }

    @Override
    public void epochDone(EpochMetrics epoch) {
        close();
        lines.epochDone(epoch);
    }

    @Override
    public void finished(RunResult result) {
        close();
        lines.finished(result);
    }

    private ProgressBar open(int epoch) {
        return new ProgressBarBuilder()
                .setTaskName("Epoch " + epoch + "/" + outline.epochs())
                .setInitialMax(outline.stepsPerEpoch())
                .setStyle(ProgressBarStyle.ASCII)
                .setUnit(" steps", 1)
                .showSpeed()
                .setUpdateIntervalMillis(200)
                .build();
    }

    private void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }

    /** Clears the bar's line before each line of text, so that the two never share one. */
    private static final class AboveBar extends PrintStream {
        private static final String CLEAR_LINE = "\r\u001b[K";

        AboveBar(PrintStream out) {
            super(out, true);
        }

        @Override
        public PrintStream printf(Locale locale, String format, Object... values) {
            super.print(CLEAR_LINE);
            return super.printf(locale, format, values);
        }
    }
}
