package org.ascend4j.trainer.engine;

import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.trainer.input.EpochPlan;

/**
 * A step that is recorded as a graph and repeated with one launch.
 *
 * <p>The first steps run eagerly, because they allocate what later ones use again. So do the first steps with images of another size, which need a graph of their
 * own, steps of another number of images, such as an epoch's last one, and observed ones. A step that cannot be recorded is run eagerly, and so are all after it.
 */
final class RecordedStep implements TrainingStep {
    /** Number of steps before the recorded one. */
    private static final int WARM_UP = 3;

    private final EagerStep eager;
    private final GraphAttempts attempts;
    private final DeviceBackend device;
    private final TrainState state;
    private final TrainingData data;
    private final int images;
    private final Supplier<StepGraph> preparation;
    private StepGraph graph;
    private EpochPlan plan;
    private OptionalDouble scale = OptionalDouble.empty();
    private boolean loaded;
    private int done;

    /**
     * Prepares the step.
     *
     * @param images number of this rank's images in a step that is recorded
     * @param preparation allocates what the graph reads on the device
     */
    RecordedStep(
            EagerStep eager,
            GraphAttempts attempts,
            DeviceBackend device,
            TrainState state,
            TrainingData data,
            int images,
            Supplier<StepGraph> preparation) {
        this.eager = eager;
        this.attempts = attempts;
        this.device = device;
        this.state = state;
        this.data = data;
        this.images = images;
        this.preparation = preparation;
    }

    @Override
    public void begin(EpochPlan next) {
        plan = next;
        loaded = false;
        if (!data.pipeline().shrinking().equals(scale)) {
            scale = data.pipeline().shrinking();
            close();
            done = 0;
        }
    }

    @Override
    public void run(Span span) {
        boolean ordinary = span.images() == images && span.observer() == null;
        if (attempts.areOver() || !ordinary || done++ < WARM_UP || !isRecorded(span)) {
            eager.run(span);
        } else {
            graph.replay(span);
        }
    }

    /** Records the step unless there is a graph, and uploads the epoch unless the graph has it. Returns false if that failed. */
    private boolean isRecorded(Span span) {
        if (loaded || attempts.succeeds("step " + span.number(), () -> record(span))) {
            return true;
        }
        state.discardGradients();
        close();
        return false;
    }

    private void record(Span span) {
        if (graph == null) {
            graph = preparation.get();
            graph.record(device);
        }
        graph.begin(plan, span);
        loaded = true;
    }

    @Override
    public void close() {
        if (graph != null) {
            graph.close();
            graph = null;
        }
    }
}
