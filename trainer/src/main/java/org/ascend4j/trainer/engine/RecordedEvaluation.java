package org.ascend4j.trainer.engine;

import java.util.Map;
import org.ascend4j.device.CapturedStep;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.trainer.input.Batch;
import org.ascend4j.trainer.input.EpochPlan;
import org.ascend4j.trainer.input.InputPipeline;
import org.ascend4j.trainer.input.ResidentPlan;
import org.ascend4j.trainer.model.ImageClassifier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** The evaluation of full batches by a graph that is launched once for each, and that reads the batch's place on the device. */
final class RecordedEvaluation implements AutoCloseable {
    private static final int IMAGE = 0;
    private static final int LOSS = 1;
    private static final int RESULT = 2;

    /** The work of a batch: writes its loss to one place and the results of its images to others, whose numbers are on the device. */
    interface Work {
        void submit(Batch batch, Tensor lossPlace, Tensor imagePlaces);
    }

    private final GraphAttempts attempts;
    private final DeviceBackend device;
    private final InputPipeline input;
    private final int images;
    private final int batchSize;
    private boolean warm;
    private ResidentPlan plan;
    private DeviceCounters counters;
    private DevicePlaces places;
    private CapturedStep graph;

    /** Prepares evaluations of images in their order; allocates nothing yet. */
    RecordedEvaluation(GraphAttempts attempts, DeviceBackend device, TestData data, int batchSize) {
        this.attempts = attempts;
        this.device = device;
        input = data.pipeline();
        images = data.images().size();
        this.batchSize = batchSize;
    }

    /**
     * Evaluates a full batch of a model, always the same one. Returns false if it has to be evaluated eagerly: the first one, which allocates what later ones use
     * again, and all if they cannot be recorded.
     *
     * @param first the batch's first image
     * @param batch the number of batches before it, all of them full
     */
    boolean evaluate(ImageClassifier model, int first, int batch, Work work) {
        if (!attempts.accept(model) || !input.isResident()) {
            return false;
        }
        if (!warm) {
            warm = true;
            return false;
        }
        if (graph == null && !attempts.succeeds("an evaluation batch", () -> record(work))) {
            return false;
        }
        counters.require(first, batch, (long) batch * batchSize);
        graph.replay();
        counters.increased();
        return true;
    }

    private void record(Work work) {
        plan = input.residentPlan();
        plan.load(EpochPlan.sequential(images));
        counters = new DeviceCounters(device.device(), batchSize, 1, batchSize);
        places = new DevicePlaces(device.device(), batchSize);
        graph = device.capture(() -> {
            try (PointerScope scope = new PointerScope();
                    NoGradGuard noGrad = new NoGradGuard()) {
                Tensor positions = places.after(counters.value(IMAGE), 0, batchSize);
                Batch batch = input.batch(plan, positions, Map.of());
                work.submit(batch, counters.value(LOSS), places.after(counters.value(RESULT), 0, batchSize));
                counters.increase();
            }
        });
    }

    @Override
    public void close() {
        if (graph != null) {
            graph.close();
        }
        if (plan != null) {
            plan.close();
            counters.close();
            places.close();
        }
    }
}
