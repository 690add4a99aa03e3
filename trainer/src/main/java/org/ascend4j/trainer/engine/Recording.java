package org.ascend4j.trainer.engine;

import java.util.Optional;
import org.ascend4j.Ascend4jException;
import org.ascend4j.device.Capture;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.DeviceSpec;
import org.ascend4j.distributed.RankGroup;
import org.ascend4j.trainer.checkpoint.RunDescription;
import org.ascend4j.trainer.profile.StepProfiler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The choice between steps that are recorded and steps that are not. */
final class Recording {
    private static final Logger LOG = LoggerFactory.getLogger(Recording.class);

    private Recording() {}

    /** Returns {@code eager}, or a step that records it. */
    static TrainingStep of(
            RunDescription run,
            Capture capture,
            GraphAttempts attempts,
            DeviceBackend device,
            TrainingData data,
            TrainState state,
            EagerStep eager,
            RankGroup ranks,
            StepProfiler profiler) {
        boolean possible = device.spec().kind() == DeviceSpec.Kind.NPU;
        if (capture == Capture.OFF || capture == Capture.AUTO && !possible) {
            return eager;
        }
        Optional<String> obstacle = possible
                ? CaptureObstacles.of(run.recipe(), data.pipeline(), state, ranks.size(), profiler.isActive(), capture)
                : device.captureObstacle();
        if (obstacle.isPresent()) {
            if (capture == Capture.ON) {
                throw new Ascend4jException("--capture on expects a run whose steps can be recorded as a graph, found "
                        + obstacle.get() + "; set --capture auto or off");
            }
            LOG.info("Steps are not recorded as a graph: {}.", obstacle.get());
            return eager;
        }
        int images = run.globalBatch() / ranks.size();
        return new RecordedStep(
                eager,
                attempts,
                device,
                state,
                data,
                images,
                () -> new StepGraph(device, run.recipe(), data, state, eager, images, run.stepsPerEpoch()));
    }
}
