package org.ascend4j.trainer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalInt;
import org.ascend4j.device.Capture;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.Layout;
import org.ascend4j.distributed.RankGroup;
import org.ascend4j.nn.Linear;
import org.ascend4j.trainer.data.ImageSet;
import org.ascend4j.trainer.input.DeviceImages;
import org.ascend4j.trainer.input.InputPipeline;
import org.ascend4j.trainer.input.Normalization;
import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.recipe.Recipe;
import org.ascend4j.trainer.train.TinyRun;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.DropoutImpl;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class CaptureObstaclesTest {
    @AutoClose
    private static final DeviceBackend CPU = TinyRun.cpu();

    private final Recipe plain = TinyRun.recipe();

    private boolean equalSteps = true;
    private boolean resident = true;
    private boolean presetsDropout;
    private int ranks = 1;
    private boolean profiled;
    private Capture capture = Capture.AUTO;

    @Test
    void aPlainRunHasNone() {
        assertThat(obstacle(plain)).isEmpty();
        ranks = 2;
        assertThat(obstacle(plain)).isEmpty();
    }

    @Test
    void sharedStatisticsAreOneForSeveralRanksOnly() {
        Recipe sharedBatchNorm = TinyRun.recipe("model.batch_norm=true", "model.sync_batch_norm=true");
        assertThat(obstacle(sharedBatchNorm)).isEmpty();
        ranks = 2;
        assertThat(obstacle(sharedBatchNorm)).contains("--sync-bn with several ranks");
    }

    @Test
    void imagesMustBeOnTheDevice() {
        resident = false;
        assertThat(obstacle(plain)).contains("images that the host crops");
    }

    @Test
    void theOptimiserMustBeRecordable() {
        // With dampening an update must have the number of steps that were not skipped.
        assertThat(obstacle(TinyRun.recipe("optimizer.dampening=0.5"))).isEmpty();
        assertThat(obstacle(TinyRun.recipe("optimizer.dampening=0.5", "precision=fp16")))
                .contains("the optimiser sgd");
    }

    @Test
    void modulesOfThePresetsMayDrawOnAnotherStream() {
        presetsDropout = true;
        assertThat(obstacle(plain)).contains("the presets' Dropout, which may draw random numbers");
    }

    @Test
    void aProfileTimesSingleOperators() {
        profiled = true;
        assertThat(obstacle(plain)).contains("--profile, which times single operators");
    }

    @Test
    void theModelMustPromiseEqualStepsUnlessGraphsAreRequired() {
        equalSteps = false;
        assertThat(obstacle(plain)).contains("a model that does not promise equal steps");
        capture = Capture.ON;
        assertThat(obstacle(plain)).isEmpty();
    }

    private Optional<String> obstacle(Recipe recipe) {
        ImageSet images = TinyRun.shapes().train();
        try (PointerScope scope = new PointerScope();
                ImageClassifier model = new Network();
                TrainState state = new TrainState(model, CPU, Layout.CONTIGUOUS, recipe, 3, RankGroup.alone(), true);
                DeviceImages placed =
                        resident ? DeviceImages.upload(images, CPU.device(), 0) : DeviceImages.onHost(images);
                InputPipeline input =
                        new InputPipeline(placed, CPU.device(), Normalization.NONE, OptionalInt.empty())) {
            return CaptureObstacles.of(recipe, input, state, ranks, profiled, capture);
        }
    }

    private final class Network extends ImageClassifier {
        private final Linear fc = child("fc", new Linear(3, 10));

        Network() {
            super("Network");
            if (presetsDropout) {
                child("dropout", new DropoutImpl(0.5));
            }
        }

        @Override
        protected Tensor compute(Tensor images) {
            return fc.forward(images.mean(2, 3));
        }

        @Override
        public boolean submitsEqualSteps() {
            return equalSteps;
        }

        @Override
        public String modelName() {
            return "network";
        }

        @Override
        public int outputs() {
            return 10;
        }

        @Override
        public ImageClassifier emptyCopy() {
            return new Network();
        }
    }
}
