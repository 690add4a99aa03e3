package org.ascend4j.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.ascend4j.Ascend4jException;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.Precision;
import org.ascend4j.trainer.checkpoint.RunDescription;
import org.ascend4j.trainer.data.ImageSet;
import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.progress.Evaluation;
import org.ascend4j.trainer.recipe.EvaluationSettings;
import org.ascend4j.trainer.recipe.Recipe;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Compares test-time flips and shifts with closed forms of a network whose logits are the upper left pixels. */
class TestTimeAugmentationTest {
    /** By channel: left and right pixel. The left pixels alone give class 0, their means with the right ones class 1. */
    private static final int[] PIXELS = {255, 0, 204, 204, 0, 51};

    private static final List<String> CLASSES = List.of("red", "green", "blue");

    @AutoClose
    private static final DeviceBackend CPU = TinyRun.cpu();

    @Test
    void anEvaluationTakesTheMeanOfTheLogitsOfImageAndMirrorImage() {
        double[] mean = {0.5, 0.8, 0.1};
        Evaluation evaluation = evaluate(PIXELS, "flip");
        assertThat(evaluation.predictions()).containsExactly(1);
        assertThat(evaluation.loss()).isCloseTo(-Math.log(softmax(mean, 0)), within(1e-6));
        assertThat(evaluation.confidences()[0]).isCloseTo((float) softmax(mean, 1), within(1e-6f));
    }

    @Test
    void anEvaluationTakesImagesAsTheyAreByDefault() {
        double[] left = {1, 0.8, 0};
        Evaluation evaluation = evaluate(PIXELS, "none");
        assertThat(evaluation.predictions()).containsExactly(0);
        assertThat(evaluation.loss()).isCloseTo(-Math.log(softmax(left, 0)), within(1e-6));
        assertThat(TinyRun.recipe().evaluation()).isEqualTo(new EvaluationSettings("none", 0));
    }

    @Test
    void mirrorImagesGiveTheSameBits() {
        int[] mirrored = {0, 255, 204, 204, 51, 0};
        assertThat(evaluate(mirrored, "flip").loss())
                .isEqualTo(evaluate(PIXELS, "flip").loss());
        assertThat(evaluate(mirrored, "none").loss())
                .isNotEqualTo(evaluate(PIXELS, "none").loss());
    }

    @Test
    void predictionsUseTheSettingsOfTheRunUnlessOthersAreGiven() {
        Recipe recipe = recipe("flip");
        RunDescription run = new RunDescription(recipe, 2, "", 0, true, true, 3, 1, 2, 1, CLASSES);
        try (ImageClassifier model = new LeftPixels()) {
            TrainedModel trained = new TrainedModel(run, model);
            Predictor.Candidate own = best(new Predictor(trained, CPU));
            assertThat(own.name()).isEqualTo("green");
            assertThat(own.probability()).isCloseTo(softmax(new double[] {0.5, 0.8, 0.1}, 1), within(1e-6));
            assertThat(best(new Predictor(trained, CPU, EvaluationSettings.PLAIN))
                            .name())
                    .isEqualTo("red");
        }
    }

    /** Of 2 x 2 pixels the upper left one counts, of the mirror image the upper right one; both movements bring the lower ones there. */
    @Test
    void movedImagesHaveHalfOfTheWeight() {
        int[] pixels = {255, 0, 51, 102, 0, 102, 204, 255, 51, 51, 51, 51};
        double[] logits = new double[3];
        for (int channel = 0; channel < 3; channel++) {
            int first = 4 * channel;
            logits[channel] =
                    (2 * (pixels[first] + pixels[first + 1]) + 2 * (pixels[first + 2] + pixels[first + 3])) / 8.0 / 255;
        }
        ImageSet images = new ImageSet(3, 2, 2, bytes(pixels), new int[] {0}, CLASSES);
        try (ImageClassifier model = new LeftPixels();
                Evaluator evaluator = new Evaluator(CPU, images, recipe("flip_shift"), 1, Precision.FP32)) {
            assertThat(evaluator.evaluate(model).loss()).isCloseTo(-Math.log(softmax(logits, 0)), within(1e-6));
        }
    }

    @Test
    void anotherAugmentationIsRefused() {
        assertThatThrownBy(() -> new EvaluationSettings("crops", 0))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("evaluation.tta expects none or flip or flip_shift, found crops");
    }

    private static Predictor.Candidate best(Predictor predictor) {
        return predictor.predict(List.of(bytes(PIXELS)), 1).get(0).get(0);
    }

    private static Evaluation evaluate(int[] pixels, String tta) {
        ImageSet images = new ImageSet(3, 1, 2, bytes(pixels), new int[] {0}, CLASSES);
        try (ImageClassifier model = new LeftPixels();
                Evaluator evaluator = new Evaluator(CPU, images, recipe(tta), 1, Precision.FP32)) {
            return evaluator.evaluate(model);
        }
    }

    private static Recipe recipe(String tta) {
        return TinyRun.recipe(
                "input.mean=[0, 0, 0]", "input.std=[1, 1, 1]", "model.outputs=3", "evaluation.tta=" + tta);
    }

    private static byte[] bytes(int[] values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static double softmax(double[] logits, int label) {
        double sum = 0;
        for (double logit : logits) {
            sum += Math.exp(logit);
        }
        return Math.exp(logits[label]) / sum;
    }

    private static final class LeftPixels extends ImageClassifier {
        LeftPixels() {
            super("LeftPixels");
        }

        @Override
        protected Tensor compute(Tensor input) {
            return input.select(3, 0).select(2, 0);
        }

        @Override
        public ImageClassifier emptyCopy() {
            return new LeftPixels();
        }

        @Override
        public String modelName() {
            return "left-pixels";
        }

        @Override
        public int outputs() {
            return 3;
        }
    }
}
