package org.ascend4j.trainer.engine;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.ascend4j.trainer.input.Factor;
import org.ascend4j.trainer.input.Mixture;
import org.bytedeco.pytorch.Tensor;

/** What the host knows in advance about a batch of each step, for recorded steps: the batch's share in the loss, and how its images are mixed. */
final class BatchFactors {
    private final TrainingData data;
    private final int offset;
    private final int size;
    private final int images;
    private final FactorTable.Row ofStep;
    private final FactorTable.Row report;
    private final Map<Mixture.Number, FactorTable.Row> mixture = new EnumMap<>(Mixture.Number.class);

    /**
     * Prepares a batch of an epoch that has begun.
     *
     * @param offset where its images begin in the step
     * @param size number of its images
     * @param images number of images of the step
     */
    BatchFactors(TrainingData data, int offset, int size, int images) {
        this.data = data;
        this.offset = offset;
        this.size = size;
        this.images = images;
        ofStep = (ahead, start) -> share(start).ofStep();
        report = (ahead, start) -> share(start).report();
        if (data.pipeline().mixes()) {
            for (Mixture.Number number : Mixture.Number.values()) {
                mixture.put(number, (ahead, start) -> number.of(data.pipeline().mixture(start + offset)));
            }
        }
    }

    private LossShares.Share share(int start) {
        return data.shares().ofStep(start + offset, size, start, images);
    }

    /** Returns whether the share depends on the images; a step's only batch always has the share 1. */
    private boolean isWeighted() {
        return data.shares().areWeighted() && size < images;
    }

    /** Returns the numbers that change from step to step. */
    List<FactorTable.Row> rows() {
        List<FactorTable.Row> rows = new ArrayList<>(mixture.values());
        if (isWeighted()) {
            rows.add(ofStep);
            rows.add(report);
        }
        return rows;
    }

    /** Returns the share in the loss of the step that reads these numbers. */
    Learner.Share share(Map<FactorTable.Row, Tensor> numbers) {
        return isWeighted()
                ? new Learner.Share(
                        new Factor.OnDevice(numbers.get(ofStep).squeeze()),
                        new Factor.OnDevice(numbers.get(report).squeeze()))
                : Learner.Share.of(share(0));
    }

    /** Returns how the images of the step that reads these numbers are mixed. */
    Map<Mixture.Number, Tensor> mixture(Map<FactorTable.Row, Tensor> numbers) {
        Map<Mixture.Number, Tensor> found = new EnumMap<>(Mixture.Number.class);
        mixture.forEach((number, row) -> found.put(number, numbers.get(row).squeeze()));
        return found;
    }
}
