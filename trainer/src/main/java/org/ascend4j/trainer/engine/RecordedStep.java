package org.ascend4j.trainer.engine;

import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ascend4j.Ascend4jException;
import org.ascend4j.device.Capture;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.trainer.input.EpochPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A step that is recorded as a graph and repeated with one launch.
 *
 * <p>The first steps run eagerly, because they allocate what later ones use again. So do the first steps with images of another size, which need a graph of their
 * own, steps of another number of images, such as an epoch's last one, and observed ones. A step that cannot be recorded is run eagerly, and so are all after it.
 */
final class RecordedStep implements TrainingStep {
    private static final Logger LOG = LoggerFactory.getLogger(RecordedStep.class);

    /** Number of steps before the recorded one. */
    private static final int WARM_UP = 3;

    private static final Pattern OPERATOR = Pattern.compile("aclnn\\w+|(?<=aclop is )\\w+");
    private static final Pattern CODE = Pattern.compile("\\b[125]0\\d{4}\\b");

    private final EagerStep eager;
    private final Capture capture;
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
    private boolean refused;

    /**
     * Prepares the step.
     *
     * @param images number of this rank's images in a step that is recorded
     * @param preparation allocates what the graph reads on the device
     */
    RecordedStep(
            EagerStep eager,
            Capture capture,
            DeviceBackend device,
            TrainState state,
            TrainingData data,
            int images,
            Supplier<StepGraph> preparation) {
        this.eager = eager;
        this.capture = capture;
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
        if (refused || !ordinary || done++ < WARM_UP || !isRecorded(span)) {
            eager.run(span);
        } else {
            graph.replay(span);
        }
    }

    /** Records the step unless there is a graph, and uploads the epoch unless the graph has it. Returns false if that failed. */
    private boolean isRecorded(Span span) {
        try {
            if (graph == null) {
                device.captureObstacle().ifPresent(reason -> {
                    throw new Ascend4jException(reason);
                });
                graph = preparation.get();
                graph.record(device);
            }
            if (!loaded) {
                graph.begin(plan, span);
                loaded = true;
            }
            return true;
        } catch (RuntimeException e) {
            refuse(span, e);
            return false;
        }
    }

    private void refuse(Span span, RuntimeException failure) {
        String reason = reason(failure);
        if (capture == Capture.ON) {
            throw new Ascend4jException(
                    "--capture on expects that step " + span.number() + " can be recorded as a graph, found " + reason
                            + "; set --capture auto or off",
                    failure);
        }
        LOG.warn(
                "Step {} cannot be recorded as a graph ({}); the run goes on with one launch per operator.",
                span.number(),
                reason);
        refused = true;
        state.discardGradients();
        close();
    }

    /** Returns the operator and the error code in a failure's message, or its first line. */
    private static String reason(RuntimeException failure) {
        String message = String.valueOf(failure.getMessage());
        Matcher operator = OPERATOR.matcher(message);
        Matcher code = CODE.matcher(message);
        if (!operator.find()) {
            return message.lines().findFirst().orElse("no reason");
        }
        return operator.group() + (code.find() ? ", error " + code.group() : "");
    }

    @Override
    public void close() {
        if (graph != null) {
            graph.close();
            graph = null;
        }
    }
}
