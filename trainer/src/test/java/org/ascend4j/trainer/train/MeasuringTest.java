package org.ascend4j.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.Precision;
import org.ascend4j.distributed.RankGroup;
import org.ascend4j.trainer.checkpoint.RunDescription;
import org.ascend4j.trainer.data.ImageSet;
import org.ascend4j.trainer.engine.EvaluationLoop;
import org.ascend4j.trainer.engine.Replicas;
import org.ascend4j.trainer.engine.TestData;
import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.progress.Evaluation;
import org.ascend4j.trainer.recipe.Recipe;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** Compares evaluation and prediction of a one-line network with closed forms. */
class MeasuringTest {
    /** Images of 1 x 1 pixel and three channels, which {@link Pixels} returns as logits (divided by 255). */
    private static final int[][] PIXELS = {{255, 0, 0}, {0, 255, 0}, {0, 0, 51}, {255, 0, 0}, {0, 102, 204}};

    private static final int[] LABELS = {0, 1, 2, 1, 0};
    private static final List<String> CLASSES = List.of("red", "green", "blue");

    @Test
    void theLossIsTheMeanOverImagesAndNotOverBatches() {
        try (DeviceBackend cpu = TinyRun.cpu();
                ImageClassifier model = new Pixels();
                Evaluator evaluator = new Evaluator(cpu, images(), recipe(), 2, Precision.FP32)) {
            Evaluation evaluation = evaluator.evaluate(model);
            double expected = 0;
            for (int i = 0; i < LABELS.length; i++) {
                expected -= Math.log(softmax(i, LABELS[i])) / LABELS.length;
            }
            assertThat(evaluation.loss()).isCloseTo(expected, within(1e-6));
            assertThat(evaluation.predictions()).containsExactly(0, 1, 2, 0, 2);
            assertThat(evaluation.labels()).containsExactly(LABELS);
            assertThat(evaluation.accuracy()).isEqualTo(0.6);
            for (int i = 0; i < LABELS.length; i++) {
                assertThat(evaluation.confidences()[i])
                        .isCloseTo((float) softmax(i, evaluation.predictions()[i]), within(1e-6f));
            }
            assertThat(evaluation.topFiveAccuracy()).isEqualTo(1);
            assertThat(evaluator.evaluate(model).loss()).isEqualTo(evaluation.loss());
        }
    }

    @Test
    void replicasTakeABatchEachAndKeepTheOrder() {
        try (DeviceBackend cpu = TinyRun.cpu();
                ImageClassifier model = new Pixels();
                TestData data = new TestData(images(), cpu, recipe().input());
                EvaluationLoop evaluator =
                        new EvaluationLoop(cpu, data, 1, Precision.FP32, recipe().evaluation(), RankGroup.alone());
                Replicas replicas = new Replicas(model, 3, cpu)) {
            Evaluation alone = evaluator.evaluate(model, () -> false);
            Evaluation together = evaluator.evaluate(replicas, () -> false);
            assertThat(together.predictions()).containsExactly(0, 1, 2, 0, 2);
            assertThat(together.loss()).isEqualTo(alone.loss());
        }
    }

    @Test
    void candidatesAreRankedByTheirSoftmax() {
        try (DeviceBackend cpu = TinyRun.cpu();
                ImageClassifier model = new Pixels()) {
            RunDescription run = new RunDescription(recipe(), 2, "", 0, true, true, 3, 1, 1, 5, CLASSES.subList(0, 2));
            List<List<Predictor.Candidate>> all =
                    new Predictor(new TrainedModel(run, model), cpu).predict(List.of(bytes(4), bytes(0)), 2);
            assertThat(all).hasSize(2);
            assertThat(all.get(0)).extracting(Predictor.Candidate::label).containsExactly(2, 1);
            // The model has one output more than there are classes.
            assertThat(all.get(0)).extracting(Predictor.Candidate::name).containsExactly("output 2", "green");
            assertThat(all.get(0).get(0).probability()).isCloseTo(softmax(4, 2), within(1e-6));
            assertThat(all.get(0).get(1).probability()).isCloseTo(softmax(4, 1), within(1e-6));
            assertThat(all.get(1).get(0).name()).isEqualTo("red");
        }
    }

    private static Recipe recipe() {
        return TinyRun.recipe("input.mean=[0, 0, 0]", "input.std=[1, 1, 1]", "model.outputs=3");
    }

    private static ImageSet images() {
        byte[] pixels = new byte[3 * PIXELS.length];
        for (int i = 0; i < PIXELS.length; i++) {
            System.arraycopy(bytes(i), 0, pixels, 3 * i, 3);
        }
        return new ImageSet(3, 1, 1, pixels, LABELS, CLASSES);
    }

    private static byte[] bytes(int image) {
        return new byte[] {(byte) PIXELS[image][0], (byte) PIXELS[image][1], (byte) PIXELS[image][2]};
    }

    private static double softmax(int image, int label) {
        double sum = 0;
        for (int value : PIXELS[image]) {
            sum += Math.exp(value / 255.0);
        }
        return Math.exp(PIXELS[image][label] / 255.0) / sum;
    }

    /** A network whose logits are the pixels. */
    private static final class Pixels extends ImageClassifier {
        Pixels() {
            super("Pixels");
        }

        @Override
        protected Tensor compute(Tensor input) {
            return input.flatten(1, -1);
        }

        @Override
        public ImageClassifier emptyCopy() {
            return new Pixels();
        }

        @Override
        public String modelName() {
            return "pixels";
        }

        @Override
        public int outputs() {
            return 3;
        }
    }
}
