package org.ascend4j.cli.console;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.ascend4j.trainer.progress.EpochMetrics;
import org.ascend4j.trainer.progress.Evaluation;
import org.ascend4j.trainer.progress.RunOutline;
import org.ascend4j.trainer.progress.RunResult;
import org.ascend4j.trainer.progress.StepMetrics;
import org.ascend4j.trainer.progress.TrainingListener;

/** Prints the lines of the Ascend tutorial's program: the mean loss after a fixed number of iterations, and the accuracy and loss of every epoch. */
public final class PlainConsole implements TrainingListener {
    private final PrintStream out;
    private final int every;
    private final LongSupplier clock;
    private RunOutline outline;
    private RateMeter rate;
    private double lossSum;
    private int lossCount;

    /** Prints to {@code out}, one line every {@code every} iterations. */
    public PlainConsole(PrintStream out, int every) {
        this(out, every, System::nanoTime);
    }

    PlainConsole(PrintStream out, int every, LongSupplier clock) {
        this.out = out;
        this.every = every;
        this.clock = clock;
    }

    @Override
    public void started(RunOutline outline) {
        this.outline = outline;
        rate = new RateMeter(outline, clock);
    }

    @Override
    public void stepsDone(List<StepMetrics> steps) {
        // All of them are done by now: the time between the lines is not the time of the steps between them.
        rate.done(steps.get(steps.size() - 1).step());
        for (StepMetrics step : steps) {
            lossSum += step.loss();
            lossCount++;
            long iteration = outline.iteration(step.step());
            if (iteration % every == 0) {
                print(
                        "[Epoch %d, Iteration %d] loss: %.3f  lr: %.3g  %.0f img/s  ETA %s",
                        step.epoch(), iteration, lossSum / lossCount, step.lr(), rate.imagesPerSecond(), rate.eta());
                lossSum = 0;
                lossCount = 0;
            }
        }
    }

    @Override
    public void epochDone(EpochMetrics epoch) {
        rate.restart();
        lossSum = 0;
        lossCount = 0;
        if (epoch.validationAccuracy() != null) {
            print(
                    "Validation accuracy for %s at epoch %d: %.2f%%",
                    outline.model(), epoch.epoch(), 100 * epoch.validationAccuracy());
        }
        if (epoch.testAccuracy() != null) {
            print(
                    "Test accuracy for %s at epoch %d: %.2f%%",
                    outline.model(), epoch.epoch(), 100 * epoch.testAccuracy());
        }
        print(
                "Epoch loss for %s at epoch %d: %.3f  (train accuracy %.2f%%, %.1f s, %.0f img/s)",
                outline.model(),
                epoch.epoch(),
                epoch.trainLoss(),
                100 * epoch.trainAccuracy(),
                epoch.seconds(),
                epoch.imagesPerSecond());
    }

    @Override
    public void tested(int epoch, Evaluation evaluation) {
        print(
                "Test accuracy for %s with the weights of epoch %d: %.2f%%",
                outline.model(), epoch, 100 * evaluation.accuracy());
    }

    @Override
    public void finished(RunResult result) {
        print("%s", ResultLine.of(result));
    }

    private void print(String format, Object... values) {
        out.printf(Locale.ROOT, format + "%n", values);
        out.flush();
    }
}
