package org.ascend4j.trainer.report;

import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;
import org.ascend4j.Ascend4jException;
import org.ascend4j.trainer.data.DataSplits;
import org.ascend4j.trainer.progress.EpochMetrics;
import org.ascend4j.trainer.progress.Evaluated;
import org.ascend4j.trainer.progress.Evaluation;
import org.ascend4j.trainer.progress.StepMetrics;
import org.ascend4j.trainer.progress.TrainingListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes {@code evaluation.json} and {@code report.html} while a run goes on: after epochs, using at most a hundredth
 * of the run's time, and at the end, even after a failure. If a report cannot be written, the run continues.
 *
 * @since 0.1.0
 */
public final class RunReport implements TrainingListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunReport.class);
    private static final int SHARE = 100;

    private final Path folder;
    private final DataSplits data;
    private final LongSupplier clock;
    private long idleSince;
    private long cost;
    private int epoch;
    private Evaluation evaluation;
    private boolean isTest;
    private boolean changed;

    /** Writes to a run's folder; the metrics file must already be open. */
    public RunReport(Path folder, DataSplits data) {
        this(folder, data, System::nanoTime);
    }

    RunReport(Path folder, DataSplits data, LongSupplier clock) {
        this.folder = folder;
        this.data = data;
        this.clock = clock;
        idleSince = clock.getAsLong();
    }

    @Override
    public void stepsDone(List<StepMetrics> steps) {
        changed = true;
    }

    @Override
    public void evaluated(int epoch, Evaluation evaluation) {
        this.epoch = epoch;
        this.evaluation = evaluation;
    }

    @Override
    public void tested(int epoch, Evaluation evaluation) {
        evaluated(epoch, evaluation);
        isTest = true;
        changed = true;
    }

    @Override
    public void epochDone(EpochMetrics metrics) {
        changed = true;
        long now = clock.getAsLong();
        if (now - idleSince >= SHARE * cost) {
            write();
            idleSince = clock.getAsLong();
            cost = idleSince - now;
        }
    }

    private void write() {
        try {
            if (evaluation != null) {
                RunFolder.write(folder.resolve(RunFolder.EVALUATION), report().toJson() + "\n");
                evaluation = null;
            }
            changed = false;
            ReportPage.write(folder.resolve(RunFolder.REPORT), List.of(RunFolder.of(folder)));
        } catch (Ascend4jException e) {
            LOG.warn("The report of {} cannot be written: {}", folder, e.getMessage());
        }
    }

    private EvaluationReport report() {
        if (data.validation() == null) {
            return EvaluationReport.of(epoch, evaluation, data.test());
        }
        return isTest
                ? EvaluationReport.of(epoch, Evaluated.TEST.label(), evaluation, data.test())
                : EvaluationReport.of(epoch, Evaluated.VALIDATION.label(), evaluation, data.validation());
    }

    @Override
    public void close() {
        if (changed) {
            write();
        }
    }
}
