package org.ascend4j.trainer.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.DeviceSpec;
import org.ascend4j.device.Devices;
import org.ascend4j.trainer.data.GoldenBytes;
import org.ascend4j.trainer.data.ImageSet;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares mixed batches with torchvision's v2.MixUp and v2.CutMix (augmentation_goldens.py). */
class BatchMixingTest {
    private static final int SIZE = 8;
    private static final int CLASSES = 5;

    @AutoClose
    private static final DeviceBackend CPU = Devices.open(DeviceSpec.parse("cpu"));

    @ParameterizedTest
    @CsvSource({"mixup, 0.5, 0", "cutmix, 0, 0.5"})
    void imagesAndLabelsAreTorchvisions(String kind, double mixup, double cutmix) throws IOException {
        JsonNode golden = new ObjectMapper()
                .readTree(BatchMixingTest.class.getResource("mixed.json"))
                .get(kind);
        long seed = EpochPlan.draw(7, 3, SIZE, false, Augmentation.NONE).mixingSeed(2);
        try (PointerScope scope = new PointerScope();
                DeviceImages images = DeviceImages.upload(images(), CPU.device(), 0);
                InputPipeline pipeline = pipeline(images)) {
            pipeline.start(EpochPlan.sequential(SIZE));
            Batch batch = BatchMixing.mix(pipeline.batch(0, SIZE), Mixture.draw(mixing(mixup, cutmix), seed, 8, 8));
            assertThat(values(batch.images()))
                    .containsExactly(GoldenBytes.floats(BatchMixingTest.class, kind + ".bin"), within(1e-6f));
            long[] labels = longs(batch.labels());
            long[] others = longs(batch.otherLabels());
            for (int i = 0; i < SIZE; i++) {
                double[] soft = new double[CLASSES];
                soft[(int) labels[i]] += value(batch.own());
                soft[(int) others[i]] += value(batch.other());
                for (int k = 0; k < CLASSES; k++) {
                    assertThat(soft[k])
                            .isCloseTo(golden.at("/labels/" + i + "/" + k).asDouble(), within(1e-6));
                }
            }
        }
    }

    @Test
    void aBatchIsMixedTheSameWayWheneverAnEpochIsBegun() {
        Augmentation both = mixing(0.4, 1);
        try (PointerScope scope = new PointerScope();
                DeviceImages images = DeviceImages.upload(images(), CPU.device(), 0);
                InputPipeline pipeline = pipeline(images)) {
            pipeline.start(EpochPlan.draw(1, 1, SIZE, true, both));
            pipeline.batch(0, 4);
            Batch later = pipeline.batch(4, 4);
            pipeline.start(EpochPlan.draw(1, 1, SIZE, true, both));
            Batch again = pipeline.batch(4, 4);
            assertThat(values(again.images())).isEqualTo(values(later.images()));
            assertThat(again.own()).isEqualTo(later.own());
            Set<Double> shares = new HashSet<>();
            for (int epoch = 1; epoch <= 20; epoch++) {
                pipeline.start(EpochPlan.draw(1, epoch, SIZE, true, both));
                shares.add(value(pipeline.batch(0, 4).own()));
            }
            assertThat(shares).hasSizeGreaterThan(15);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.2, 1, 2})
    void sharesHaveTheMomentsOfTheBetaDistribution(double alpha) {
        SplittableRandom random = new SplittableRandom(3);
        int count = 40_000;
        double[] draws = IntStream.range(0, count)
                .mapToDouble(i -> Mixture.beta(random, alpha))
                .toArray();
        double mean = Arrays.stream(draws).average().orElseThrow();
        double variance =
                Arrays.stream(draws).map(x -> (x - 0.5) * (x - 0.5)).average().orElseThrow();
        // The bounds are six standard deviations of the means; no fourth moment is above 1/16.
        assertThat(mean).isCloseTo(0.5, within(6 * 0.5 / Math.sqrt(count)));
        assertThat(variance).isCloseTo(1 / (4 * (2 * alpha + 1)), within(6 * 0.25 / Math.sqrt(count)));
    }

    private static double value(Factor factor) {
        return ((Factor.OnHost) factor).value();
    }

    private static Augmentation mixing(double mixup, double cutmix) {
        return Augmentation.NONE.withMixup(mixup).withCutmix(cutmix);
    }

    private static InputPipeline pipeline(DeviceImages images) {
        return new InputPipeline(images, CPU.device(), Normalization.NONE, OptionalInt.empty());
    }

    private static ImageSet images() {
        byte[] pixels = Arrays.copyOf(GoldenBytes.of(BatchMixingTest.class, "images.bin"), SIZE * 192);
        int[] labels = IntStream.range(0, SIZE).map(i -> i % CLASSES).toArray();
        return new ImageSet(3, 8, 8, pixels, labels, List.of("0", "1", "2", "3", "4"));
    }

    private static float[] values(Tensor tensor) {
        float[] values = new float[(int) tensor.numel()];
        tensor.contiguous().data_ptr_float().get(values);
        return values;
    }

    private static long[] longs(Tensor tensor) {
        long[] values = new long[(int) tensor.numel()];
        tensor.contiguous().data_ptr_long().get(values);
        return values;
    }
}
