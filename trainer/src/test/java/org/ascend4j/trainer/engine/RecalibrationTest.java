package org.ascend4j.trainer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalInt;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.DeviceSpec;
import org.ascend4j.device.Devices;
import org.ascend4j.device.Precision;
import org.ascend4j.nn.BatchNorm2d;
import org.ascend4j.trainer.data.ImageSet;
import org.ascend4j.trainer.input.DeviceImages;
import org.ascend4j.trainer.input.EpochPlan;
import org.ascend4j.trainer.input.InputPipeline;
import org.ascend4j.trainer.input.Normalization;
import org.ascend4j.trainer.model.ImageClassifier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class RecalibrationTest {
    /** Images of one pixel. */
    private static final int[] PIXELS = {0, 51, 102, 204, 255, 153, 0};

    @AutoClose
    private static final DeviceBackend CPU = Devices.open(DeviceSpec.parse("cpu"));

    /** torch's update_bn with a cumulative average: means over the batches {0, 0.2}, {0.4, 0.8}, {1, 0.6} of means and unbiased variances. */
    @Test
    void statisticsAreTheMeansOverWholeBatches() {
        try (PointerScope scope = new PointerScope();
                Network model = new Network()) {
            model.norm.runningMean().fill_(new Scalar(7));
            run(model, 3);
            assertThat(model.norm.runningMean().item_double()).isCloseTo((0.1 + 0.6 + 0.8) / 3, within(1e-6));
            assertThat(model.norm.runningVariance().item_double()).isCloseTo((0.02 + 0.08 + 0.08) / 3, within(1e-6));
            assertThat(model.norm.momentum()).isEqualTo(0.1);
            run(model, 1);
            assertThat(model.norm.runningMean().item_double()).isCloseTo(0.1, within(1e-6));
            run(model, 100);
            assertThat(model.norm.runningMean().item_double()).isCloseTo(0.5, within(1e-6));
        }
    }

    private static void run(Network model, int batches) {
        byte[] bytes = new byte[PIXELS.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) PIXELS[i];
        }
        ImageSet set = new ImageSet(1, 1, 1, bytes, new int[PIXELS.length], List.of("pixel"));
        try (DeviceImages images = DeviceImages.onHost(set);
                InputPipeline input =
                        new InputPipeline(images, CPU.device(), Normalization.NONE, OptionalInt.empty())) {
            input.start(EpochPlan.sequential(PIXELS.length));
            new Recalibration(CPU, Precision.FP32).run(model, input, PIXELS.length, 2, batches);
        }
    }

    private static final class Network extends ImageClassifier {
        private final BatchNorm2d norm = child("norm", new BatchNorm2d(1));

        Network() {
            super("Network");
        }

        @Override
        protected Tensor compute(Tensor input) {
            return norm.forward(input).flatten(1, -1);
        }

        @Override
        public ImageClassifier emptyCopy() {
            return new Network();
        }

        @Override
        public String modelName() {
            return "network";
        }

        @Override
        public int outputs() {
            return 1;
        }
    }
}
