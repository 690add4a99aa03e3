package org.ascend4j.trainer.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.ascend4j.Ascend4jException;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.DeviceSpec;
import org.ascend4j.device.Devices;
import org.ascend4j.trainer.data.GoldenBytes;
import org.ascend4j.trainer.data.ImageSet;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InputPipelineTest {
    private static final int SIZE = 24;
    private static final int IMAGE = 3 * 32 * 32;

    private static final Augmentation RESIZED_CROP_AND_FLIP =
            new Augmentation(0, true).withResizedCrop(Optional.of(new RandomResizedCrop(0.08, 1, 3.0 / 4, 4.0 / 3)));

    @AutoClose
    private static final DeviceBackend CPU = Devices.open(DeviceSpec.parse("cpu"));

    @ParameterizedTest
    @ValueSource(ints = {5, 24})
    void shuffledAndAugmentedBatchesAreTorchvisionsBitForBit(int batchSize) {
        float[] golden = GoldenBytes.floats(InputPipelineTest.class, "augmented.bin");
        EpochPlan plan = EpochPlan.draw(7, 3, SIZE, true, Augmentation.CROP_AND_FLIP);
        try (DeviceImages images = DeviceImages.upload(photographs(), CPU.device(), 4);
                InputPipeline pipeline = pipeline(images)) {
            pipeline.start(plan);
            for (int first = 0; first < SIZE; first += batchSize) {
                int from = first;
                int size = Math.min(batchSize, SIZE - first);
                try (PointerScope scope = new PointerScope()) {
                    Batch batch = pipeline.batch(first, size);
                    assertThat(values(batch.images()))
                            .isEqualTo(Arrays.copyOfRange(golden, first * IMAGE, (first + size) * IMAGE));
                    assertThat(labels(batch))
                            .isEqualTo(IntStream.range(from, from + size)
                                    .mapToLong(i -> plan.image(i) % 10)
                                    .toArray());
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 0, 1",
        "4, 0, 0, 0, 0.75",
        "4, 9, 0, 0, 1",
        "0, 0, 0.5, 0, 1",
        "0, 0, 0, 0.5, 0.75",
        "4, 9, 0.5, 0.5, 1"
    })
    void positionsOnTheDeviceSelectTheSameBatches(int padding, int cutout, double mixup, double cutmix, double scale) {
        Augmentation augmentation = new Augmentation(padding, padding > 0)
                .withCutout(cutout)
                .withMixup(mixup)
                .withCutmix(cutmix)
                .withTrivial(cutout > 0)
                .withColorJitter(cutout > 0 ? Optional.of(new ColorJitter(0.4, 0.4, 0.4, 0.1)) : Optional.empty());
        OptionalDouble shrinking = scale == 1 ? OptionalDouble.empty() : OptionalDouble.of(scale);
        try (PointerScope scope = new PointerScope();
                DeviceImages images = DeviceImages.upload(photographs(), CPU.device(), padding);
                InputPipeline pipeline = pipeline(images)) {
            pipeline.start(EpochPlan.draw(7, 1, SIZE, true, augmentation), shrinking);
            ResidentPlan resident = pipeline.residentPlan();
            // A step is recorded before the first plan is loaded.
            Tensor recorded = pipeline.batch(
                            resident,
                            torch.arange(new Scalar(3), new Scalar(11)),
                            pipeline.mixes() ? onDevice(pipeline.mixture(3)) : Map.of())
                    .images();
            assertThat(recorded.isfinite().all().item_bool()).isTrue();
            for (int epoch = 2; epoch < 8; epoch++) {
                EpochPlan plan = EpochPlan.draw(7, epoch, SIZE, true, augmentation);
                pipeline.start(plan, shrinking);
                resident.load(plan);
                Batch expected = pipeline.batch(3, 8);
                Batch batch = pipeline.batch(
                        resident,
                        torch.arange(new Scalar(3), new Scalar(11)),
                        pipeline.mixes() ? onDevice(pipeline.mixture(3)) : Map.of());
                assertThat(values(batch.images())).isEqualTo(values(expected.images()));
                assertThat(labels(batch)).isEqualTo(labels(expected));
                assertThat(batch.size()).isEqualTo(8);
                if (pipeline.mixes()) {
                    Tensor loss = torch.tensor(2.3f).squeeze();
                    Tensor other = torch.tensor(3.7f).squeeze();
                    assertThat(batch.otherLabels().equal(expected.otherLabels()))
                            .isTrue();
                    assertThat(batch.other()
                                    .addTo(batch.own().times(loss), other)
                                    .item_float())
                            .isEqualTo(expected.other()
                                    .addTo(expected.own().times(loss), other)
                                    .item_float());
                }
            }
            resident.close();
        }
    }

    private static Map<Mixture.Number, Tensor> onDevice(Mixture mixture) {
        Map<Mixture.Number, Tensor> numbers = new EnumMap<>(Mixture.Number.class);
        for (Mixture.Number number : Mixture.Number.values()) {
            numbers.put(number, torch.tensor((float) number.of(mixture)).squeeze());
        }
        return numbers;
    }

    @Test
    void imagesLeftOnTheHostGiveTheSameBatches() {
        EpochPlan plan = EpochPlan.draw(7, 3, SIZE, true, Augmentation.CROP_AND_FLIP);
        try (PointerScope scope = new PointerScope();
                InputPipeline pipeline = pipeline(DeviceImages.onHost(photographs()))) {
            pipeline.start(plan);
            Batch batch = pipeline.batch(0, SIZE);
            assertThat(values(batch.images())).isEqualTo(GoldenBytes.floats(InputPipelineTest.class, "augmented.bin"));
            assertThat(labels(batch))
                    .isEqualTo(IntStream.range(0, SIZE)
                            .mapToLong(i -> plan.image(i) % 10)
                            .toArray());
        }
    }

    @Test
    void cropsMayLieBesideSmallImages() {
        ImageSet dot = new ImageSet(1, 1, 1, new byte[] {99}, new int[1], List.of("dot"));
        Augmentation wide = new Augmentation(3, true);
        try (PointerScope scope = new PointerScope();
                InputPipeline pipeline = new InputPipeline(
                        DeviceImages.onHost(dot), CPU.device(), Normalization.NONE, OptionalInt.empty())) {
            for (int epoch = 1; epoch < 100; epoch++) {
                EpochPlan plan = EpochPlan.draw(1, epoch, 1, true, wide);
                pipeline.start(plan);
                boolean shown = plan.top(0) == 0 && plan.left(0) == 0;
                assertThat(values(pipeline.batch(0, 1).images())).containsExactly(shown ? 99 / 255f : 0);
            }
        }
    }

    @Test
    void resizedCropsAreTorchvisionsBitForBit() {
        EpochPlan plan = EpochPlan.draw(7, 3, SIZE, false, RESIZED_CROP_AND_FLIP);
        try (PointerScope scope = new PointerScope();
                InputPipeline pipeline = new InputPipeline(
                        DeviceImages.onHost(photographs()), CPU.device(), Normalization.CIFAR10, OptionalInt.of(12))) {
            pipeline.start(plan);
            Tensor batch = pipeline.batch(0, SIZE).images();
            assertThat(batch.sizes().vec().get()).containsExactly(SIZE, 3, 12, 12);
            assertThat(values(batch)).isEqualTo(GoldenBytes.floats(InputPipelineTest.class, "resized-crops.bin"));
            // The part of one rank has the same crops.
            pipeline.start(plan.part(0, 1, 2));
            float[] second = values(pipeline.batch(0, 1).images());
            assertThat(second)
                    .isEqualTo(Arrays.copyOfRange(
                            GoldenBytes.floats(InputPipelineTest.class, "resized-crops.bin"), 3 * 144, 2 * 3 * 144));
        }
    }

    @Test
    void aFrameWithoutAugmentationChangesNothing() {
        EpochPlan plan = EpochPlan.draw(1, 1, SIZE, true, Augmentation.NONE);
        assertThat(epoch(plan, 4)).isEqualTo(epoch(plan, 0));
        assertThat(epoch(EpochPlan.sequential(SIZE), 4)).isEqualTo(epoch(EpochPlan.sequential(SIZE), 0));
    }

    @Test
    void sequentialImagesAreScaledAndNormalised() {
        float[] found = epoch(EpochPlan.sequential(SIZE), 0);
        byte[] pixels = GoldenBytes.of(InputPipelineTest.class, "images.bin");
        float[] mean = {0.4914f, 0.4822f, 0.4465f};
        float[] std = {0.2023f, 0.1994f, 0.2010f};
        float[] expected = new float[found.length];
        for (int i = 0; i < expected.length; i++) {
            int channel = i / 1024 % 3;
            expected[i] = ((pixels[i] & 0xff) / 255f - mean[channel]) / std[channel];
        }
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void normalisedImagesAreBytesAgain() {
        try (PointerScope scope = new PointerScope();
                DeviceImages images = DeviceImages.upload(photographs(), CPU.device(), 0);
                InputPipeline pipeline = pipeline(images)) {
            pipeline.start(EpochPlan.sequential(SIZE));
            Tensor bytes = pipeline.bytes(pipeline.batch(0, SIZE).images()).contiguous();
            byte[] found = new byte[(int) bytes.numel()];
            bytes.data_ptr_byte().get(found);
            assertThat(found).isEqualTo(GoldenBytes.of(InputPipelineTest.class, "images.bin"));
        }
    }

    @Test
    void enlargingIsPillowsWithinOneStepOfEightBits() {
        ImageSet grey = new ImageSet(
                1, 28, 28, GoldenBytes.of(InputPipelineTest.class, "grey28.bin"), new int[] {0}, List.of("noise"));
        try (PointerScope scope = new PointerScope();
                DeviceImages images = DeviceImages.upload(grey, CPU.device(), 0);
                InputPipeline pipeline =
                        new InputPipeline(images, CPU.device(), Normalization.NONE, OptionalInt.of(64))) {
            pipeline.start(EpochPlan.sequential(1));
            Tensor batch = pipeline.batch(0, 1).images();
            assertThat(batch.sizes().vec().get()).containsExactly(1, 1, 64, 64);
            float[] found = values(batch);
            float[] golden = GoldenBytes.floats(InputPipelineTest.class, "grey64.bin");
            for (int i = 0; i < golden.length; i++) {
                assertThat(found[i]).isCloseTo(golden[i], within(1.001f / 255));
            }
        }
    }

    @Test
    void aShrunkImageHasTheMeansOfTheAreasItsPixelsCover() {
        int side = 24;
        try (PointerScope scope = new PointerScope();
                DeviceImages images = DeviceImages.upload(photographs(), CPU.device(), 0);
                InputPipeline pipeline = pipeline(images)) {
            pipeline.start(EpochPlan.sequential(SIZE));
            float[] full = values(pipeline.batch(0, 1).images());
            pipeline.start(EpochPlan.sequential(SIZE), OptionalDouble.of(0.75));
            Tensor batch = pipeline.batch(0, 1).images();
            assertThat(batch.sizes().vec().get()).containsExactly(1, 3, side, side);
            float[] found = values(batch);
            for (int channel = 0; channel < 3; channel++) {
                for (int row = 0; row < side; row++) {
                    for (int column = 0; column < side; column++) {
                        assertThat(found[(channel * side + row) * side + column])
                                .isCloseTo(areaMean(full, channel, row, column, side), within(1e-5f));
                    }
                }
            }
            pipeline.start(EpochPlan.sequential(SIZE));
            assertThat(values(pipeline.batch(0, 1).images())).isEqualTo(full);
        }
    }

    /** The mean of the pixels of a 32x32 image that a pixel of the smaller image touches. */
    private static float areaMean(float[] image, int channel, int row, int column, int side) {
        double sum = 0;
        int count = 0;
        for (int y = row * 32 / side; y < Math.ceil((row + 1) * 32.0 / side); y++) {
            for (int x = column * 32 / side; x < Math.ceil((column + 1) * 32.0 / side); x++) {
                sum += image[(channel * 32 + y) * 32 + x];
                count++;
            }
        }
        return (float) (sum / count);
    }

    @Test
    void theResidentImagesStayAsTheyWere() {
        try (PointerScope scope = new PointerScope();
                DeviceImages images = DeviceImages.upload(photographs(), CPU.device(), 0);
                InputPipeline pipeline = pipeline(images)) {
            pipeline.start(EpochPlan.sequential(SIZE));
            float[] first = values(pipeline.batch(0, SIZE).images());
            assertThat(values(pipeline.batch(0, SIZE).images())).isEqualTo(first);
        }
    }

    @Test
    void stepsAndEpochsLeaveNoNativeObjectsBehind() {
        try (DeviceImages images = DeviceImages.upload(photographs(), CPU.device(), 4);
                InputPipeline pipeline = pipeline(images)) {
            run(pipeline, 1);
            long before = Pointer.totalCount();
            run(pipeline, 20);
            assertThat(Pointer.totalCount()).isEqualTo(before);
        }
    }

    @Test
    void closingFreesEverything() {
        long before = Pointer.totalCount();
        try (DeviceImages images = DeviceImages.upload(photographs(), CPU.device(), 4);
                InputPipeline pipeline = pipeline(images)) {
            run(pipeline, 1);
        }
        assertThat(Pointer.totalCount()).isEqualTo(before);
    }

    @Test
    void refusesNormalisationOfOtherChannels() {
        try (DeviceImages images = DeviceImages.upload(photographs(), CPU.device(), 0)) {
            Normalization grey = new Normalization(List.of(0.5), List.of(0.5));
            assertThatThrownBy(() -> new InputPipeline(images, CPU.device(), grey, OptionalInt.empty()))
                    .isInstanceOf(Ascend4jException.class)
                    .hasMessage("normalisation expects one mean and standard deviation for each of the 3 channels, "
                            + "found [0.5]");
        }
    }

    @Test
    void refusesCropsBeyondTheFrame() {
        try (DeviceImages images = DeviceImages.upload(photographs(), CPU.device(), 2);
                InputPipeline pipeline = pipeline(images)) {
            EpochPlan plan = EpochPlan.draw(1, 1, SIZE, true, Augmentation.CROP_AND_FLIP);
            assertThatThrownBy(() -> pipeline.start(plan)).hasMessageContaining("frame of 2");
        }
    }

    private static void run(InputPipeline pipeline, int epochs) {
        for (int epoch = 1; epoch <= epochs; epoch++) {
            pipeline.start(EpochPlan.draw(1, epoch, SIZE, true, Augmentation.CROP_AND_FLIP));
            for (int first = 0; first < SIZE; first += 5) {
                try (PointerScope scope = new PointerScope()) {
                    pipeline.batch(first, Math.min(5, SIZE - first));
                }
            }
        }
    }

    private static float[] epoch(EpochPlan plan, int padding) {
        try (PointerScope scope = new PointerScope();
                DeviceImages images = DeviceImages.upload(photographs(), CPU.device(), padding);
                InputPipeline pipeline = pipeline(images)) {
            pipeline.start(plan);
            return values(pipeline.batch(0, SIZE).images());
        }
    }

    private static InputPipeline pipeline(DeviceImages images) {
        return new InputPipeline(images, CPU.device(), Normalization.CIFAR10, OptionalInt.empty());
    }

    private static ImageSet photographs() {
        byte[] pixels = GoldenBytes.of(InputPipelineTest.class, "images.bin");
        int[] labels = IntStream.range(0, SIZE).map(i -> i % 10).toArray();
        return new ImageSet(3, 32, 32, pixels, labels, List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"));
    }

    private static float[] values(Tensor tensor) {
        float[] values = new float[(int) tensor.numel()];
        tensor.contiguous().data_ptr_float().get(values);
        return values;
    }

    private static long[] labels(Batch batch) {
        long[] values = new long[batch.size()];
        batch.labels().contiguous().data_ptr_long().get(values);
        return values;
    }
}
