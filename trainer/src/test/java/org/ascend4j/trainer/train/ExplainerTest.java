package org.ascend4j.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.ascend4j.Ascend4jException;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.nn.AdaptiveAvgPool2d;
import org.ascend4j.nn.Conv2d;
import org.ascend4j.nn.Flatten;
import org.ascend4j.nn.Linear;
import org.ascend4j.nn.Sequential;
import org.ascend4j.trainer.checkpoint.RunDescription;
import org.ascend4j.trainer.model.ImageClassifier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * For a mean over the pixels followed by a linear layer, Grad-CAM has a closed form: the gradient of output c for map k
 * is w[c][k] / pixels everywhere, so that the explanation is the rectified sum of the maps, weighted by the linear
 * layer's row.
 */
class ExplainerTest {
    private static final float[][] CONV = {{1, 0, 0}, {0, 2, -1}};
    private static final float[][] LINEAR = {{3, -2}, {-1, 4}};
    private static final int[] RED = {255, 0, 102, 51, 0, 255};
    private static final int[] GREEN = {0, 255, 51, 204, 0, 255};
    private static final int[] BLUE = {0, 0, 255, 51, 255, 255};

    @AutoClose
    private static final DeviceBackend CPU = TinyRun.cpu();

    private static byte[] image() {
        byte[] image = new byte[18];
        for (int i = 0; i < 6; i++) {
            image[i] = (byte) RED[i];
            image[6 + i] = (byte) GREEN[i];
            image[12 + i] = (byte) BLUE[i];
        }
        return image;
    }

    private static RunDescription run(int height, int width) {
        return new RunDescription(
                TinyRun.recipe("input.mean=[0, 0, 0]", "input.std=[1, 1, 1]"),
                8,
                "",
                0,
                false,
                false,
                3,
                height,
                width,
                8,
                List.of("a", "b"));
    }

    @Test
    void theHeatIsTheWeightedSumOfTheMaps() {
        try (ImageClassifier model = new Pooled();
                TrainedModel trained = new TrainedModel(run(2, 3), model)) {
            Explainer explainer = new Explainer(trained, CPU);
            for (int output = 0; output < 2; output++) {
                float[] heat = explainer.explain(image(), output).heat();
                for (int i = 0; i < 6; i++) {
                    double first = RED[i] / 255.0;
                    double second = (2 * GREEN[i] - BLUE[i]) / 255.0;
                    double sum = (LINEAR[output][0] * first + LINEAR[output][1] * second) / 6;
                    assertThat(heat[i]).as("pixel " + i).isCloseTo((float) Math.max(0, sum), within(1e-6f));
                }
            }
        }
    }

    @Test
    void aNetworkWithoutMapsIsToldInASentence() {
        try (ImageClassifier model = new Pooled();
                TrainedModel trained = new TrainedModel(run(1, 1), model)) {
            assertThatThrownBy(() -> new Explainer(trained, CPU).explain(new byte[3], 0))
                    .isInstanceOf(Ascend4jException.class)
                    .hasMessageContaining("expects a network with maps of more than one pixel");
        }
    }

    @Test
    void thePictureIsRedWhereMostSpeaksForTheClass() throws IOException {
        byte[] grey = {100, 100};
        Explanation explanation = new Explanation(grey, 1, 1, 2, new float[] {0, 5});
        BufferedImage picture =
                ImageIO.read(new ByteArrayInputStream(explanation.picture().bytes()));
        assertThat(picture.getWidth()).isEqualTo(224);
        assertThat(picture.getHeight()).isEqualTo(112);
        assertThat(picture.getRGB(0, 0) & 0xFFFFFF).isEqualTo(0x646464);
        // The colour is 0.3 of 100 plus 0.7 of full red: 208.5, 30, 30.
        assertThat(picture.getRGB(223, 111) & 0xFFFFFF).isEqualTo(0xD11E1E);
    }

    private static final class Pooled extends ImageClassifier {
        private final Sequential body;

        Pooled() {
            super("Pooled");
            Conv2d conv = new Conv2d(3, 2, 1, 1, 0, false);
            Linear linear = new Linear(2, 2);
            fill(conv.namedParameters().get("weight"), CONV);
            fill(linear.namedParameters().get("weight"), LINEAR);
            body = child(
                    "body",
                    new Sequential()
                            .add("conv", conv)
                            .add("pool", new AdaptiveAvgPool2d(1))
                            .add("flatten", new Flatten())
                            .add("fc", linear));
        }

        private static void fill(Tensor weight, float[][] rows) {
            try (PointerScope scope = new PointerScope();
                    NoGradGuard noGrad = new NoGradGuard()) {
                for (int i = 0; i < rows.length; i++) {
                    weight.select(0, i)
                            .copy_(Tensor.create(rows[i])
                                    .view(weight.select(0, i).shape()));
                }
            }
        }

        @Override
        protected Tensor compute(Tensor images) {
            return body.forward(images);
        }

        @Override
        public String modelName() {
            return "pooled";
        }

        @Override
        public ObjectNode modelSettings() {
            return JsonNodeFactory.instance.objectNode();
        }

        @Override
        public int outputs() {
            return 2;
        }

        @Override
        public ImageClassifier emptyCopy() {
            return new Pooled();
        }
    }
}
