package org.ascend4j.trainer.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ascend4j.device.CapturedStep;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.trainer.input.EpochPlan;
import org.ascend4j.trainer.input.ResidentPlan;
import org.ascend4j.trainer.recipe.Recipe;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * The graph of a step, and all that changes from step to step: it is on the device, at a place that the graph reads from counters on the device and moves on by
 * itself. With several ranks the step has two graphs: one ends with the packed gradients, the other updates the weights, and the sums over the ranks are
 * launched between them.
 */
final class StepGraph implements AutoCloseable {
    private static final int IMAGE = 0;
    private static final int FACTORS = 1;
    private static final int LOSS = 2;
    private static final int PREDICTION = 3;

    private final Recipe recipe;
    private final TrainingData data;
    private final TrainState state;
    private final EagerStep step;
    private final ResultWindow window;
    private final List<BatchFactors> batches = new ArrayList<>();
    private final int images;
    private final RecordedUpdate update;
    private final ResidentPlan plan;
    private final FactorTable factors;
    private final DeviceCounters counters;
    private final DevicePlaces places;
    private final List<CapturedStep> graphs = new ArrayList<>();

    /**
     * Allocates what the graph reads.
     *
     * @param images number of this rank's images in a step
     * @param stepsPerEpoch number of steps of an epoch
     */
    StepGraph(
            DeviceBackend device,
            Recipe recipe,
            TrainingData data,
            TrainState state,
            EagerStep step,
            int images,
            int stepsPerEpoch) {
        this.recipe = recipe;
        this.data = data;
        this.state = state;
        this.step = step;
        window = step.window();
        this.images = images;
        for (int offset = 0; offset < images; offset += recipe.batchSize()) {
            batches.add(new BatchFactors(data, offset, Math.min(recipe.batchSize(), images - offset), images));
        }
        update = new RecordedUpdate(state, recipe.clipNorm());
        plan = data.pipeline().residentPlan();
        List<FactorTable.Row> rows = new ArrayList<>(update.rows());
        batches.forEach(batch -> rows.addAll(batch.rows()));
        factors = new FactorTable(state, rows, device.device(), stepsPerEpoch, images);
        counters = new DeviceCounters(device.device(), images, 1, batches.size(), images);
        places = new DevicePlaces(device.device(), images);
    }

    /** Uploads the plan of an epoch, and its numbers from a step on. */
    void begin(EpochPlan epoch, TrainingStep.Span next) {
        try (NoGradGuard noGrad = new NoGradGuard()) {
            plan.load(epoch);
            factors.load(next.scheduled(), next.start(), (epoch.size() - next.start()) / images);
        }
    }

    /** Records the step. */
    void record(DeviceBackend device) {
        if (state.sumsGradients()) {
            graphs.add(device.capture(() -> {
                learn();
                state.packGradients();
            }));
            graphs.add(device.capture(this::update));
        } else {
            graphs.add(device.capture(() -> {
                learn();
                update();
            }));
        }
    }

    private void learn() {
        try (PointerScope scope = new PointerScope()) {
            Map<FactorTable.Row, Tensor> numbers = factors.at(counters.value(FACTORS));
            step.learn(
                    new TrainingStep.Span(0, 0, images, 0, null),
                    false,
                    (first, size) -> data.pipeline()
                            .batch(
                                    plan,
                                    places.after(counters.value(IMAGE), first, size),
                                    batch(first).mixture(numbers)),
                    (first, size) -> batch(first).share(numbers),
                    (first, loss, logits) -> {
                        Tensor place = counters.value(LOSS).add(new Scalar(first / recipe.batchSize()));
                        window.add(loss, logits, place, places.after(counters.value(PREDICTION), first, (int)
                                logits.size(0)));
                    });
        }
    }

    private void update() {
        try (PointerScope scope = new PointerScope()) {
            update.record(factors.at(counters.value(FACTORS)));
            counters.increase();
        }
    }

    private BatchFactors batch(int first) {
        return batches.get(first / recipe.batchSize());
    }

    /** Makes a recorded step. */
    void replay(TrainingStep.Span span) {
        counters.require(span.start(), factors.column(span.scheduled()), window.steps(), window.images());
        graphs.get(0).replay();
        if (state.sumsGradients()) {
            state.sumPackedGradients();
            graphs.get(1).replay();
        }
        counters.increased();
        window.added(batches.size(), images);
        update.repeated(span.number());
    }

    @Override
    public void close() {
        graphs.forEach(CapturedStep::close);
        plan.close();
        factors.close();
        counters.close();
        places.close();
    }
}
