package org.ascend4j.cli.console;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.ascend4j.trainer.progress.EpochMetrics;
import org.ascend4j.trainer.progress.Evaluation;
import org.ascend4j.trainer.progress.RunOutline;
import org.ascend4j.trainer.progress.RunResult;
import org.ascend4j.trainer.progress.StepMetrics;
import org.ascend4j.trainer.progress.TrainingListener;

/** Shows the progress of a run in one line of a terminal, below the lines of {@link PlainConsole}. */
public final class ProgressConsole implements TrainingListener {
    /** The weight of a step in the loss that is shown, which is approximately the mean of the last twenty losses. */
    private static final double SHARE = 0.05;

    private final PlainConsole lines;
    private RunOutline outline;
    private RateMeter rate;
    private ProgressBar bar;
    private double loss = Double.NaN;
    private Double accuracy;
    private volatile RunLine now;

    /** Prints lines to {@code out}, one every {@code every} iterations, and the bar to the error stream. */
    public ProgressConsole(PrintStream out, int every) {
        lines = new PlainConsole(new AboveBar(out), every);
    }

    @Override
    public void started(RunOutline outline) {
        this.outline = outline;
        rate = new RateMeter(outline, System::nanoTime);
        lines.started(outline);
    }

    @Override
    public void stepsDone(List<StepMetrics> steps) {
        for (StepMetrics step : steps) {
            loss = Double.isNaN(loss) ? step.loss() : loss + SHARE * (step.loss() - loss);
        }
        StepMetrics last = steps.get(steps.size() - 1);
        rate.done(last.step());
        double share = (double) last.step() / outline.lastStep();
        now = new RunLine(
                last.epoch(),
                outline.epochs(),
                share,
                loss,
                outline.evaluated(),
                accuracy,
                rate.imagesPerSecond(),
                rate.eta());
        if (bar == null) {
            bar = open();
        }
        bar.stepTo(last.step());
        lines.stepsDone(steps);
    }

    @Override
    public void epochDone(EpochMetrics epoch) {
        rate.restart();
        accuracy = epoch.evaluatedAccuracy();
        lines.epochDone(epoch);
    }

    @Override
    public void tested(int epoch, Evaluation evaluation) {
        lines.tested(epoch, evaluation);
    }

    @Override
    public void finished(RunResult result) {
        if (bar != null) {
            bar.close();
        }
        lines.finished(result);
    }

    private ProgressBar open() {
        return new ProgressBarBuilder()
                .setInitialMax(outline.lastStep())
                .setRenderer((state, width) -> now.fit(width))
                .setUpdateIntervalMillis(200)
                .clearDisplayOnFinish()
                .build();
    }

    /** Clears the bar's line before each line of text, so that they never share a line. */
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
