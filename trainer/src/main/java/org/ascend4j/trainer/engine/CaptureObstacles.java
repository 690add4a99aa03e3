package org.ascend4j.trainer.engine;

import java.util.Optional;
import org.ascend4j.device.Capture;
import org.ascend4j.trainer.input.InputPipeline;
import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.recipe.Recipe;

/** What keeps the steps of a run from being recorded as a graph. */
final class CaptureObstacles {
    private CaptureObstacles() {}

    /** Returns the first obstacle among the run's settings, as part of a sentence; empty if there is none. The device may have others. */
    static Optional<String> of(
            Recipe recipe, InputPipeline input, TrainState state, int ranks, boolean profiled, Capture capture) {
        if (ranks > 1 && recipe.model().synchronisesBatchNorm()) {
            return Optional.of("--sync-bn with several ranks");
        }
        if (!input.isResident()) {
            return Optional.of("images that the host crops");
        }
        if (state.recordable().isEmpty()) {
            return Optional.of("the optimiser " + recipe.optimizer().type());
        }
        Optional<String> presets = randomPresetsModule(state.model());
        if (presets.isPresent()) {
            return presets;
        }
        if (profiled) {
            return Optional.of("--profile, which times single operators");
        }
        if (capture == Capture.AUTO && !state.model().submitsEqualSteps()) {
            return Optional.of("a model that does not promise equal steps");
        }
        return Optional.empty();
    }

    /** Modules of the presets use torch_npu's dropout, which draws on a second stream. */
    private static Optional<String> randomPresetsModule(ImageClassifier model) {
        return model.moduleTree()
                .all()
                .filter(node -> node.layer().isEmpty() && node.drawsRandomNumbers())
                .map(node -> "the presets' " + node.typeName() + ", which may draw random numbers")
                .findFirst();
    }
}
