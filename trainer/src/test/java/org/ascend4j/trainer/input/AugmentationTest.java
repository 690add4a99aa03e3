package org.ascend4j.trainer.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ascend4j.Ascend4jException;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Compares alternating flips, reflected borders, cutout, colours and TrivialAugment with augmentation_goldens.py. */
class AugmentationTest {
    private static final int SIZE = 24;
    private static final int SIDE = 32;
    private static final Augmentation REFLECTED = Augmentation.CROP_AND_FLIP.withPaddingMode(PaddingMode.REFLECT);
    private static final Augmentation CUTOUT = Augmentation.NONE.withCutout(9);

    @AutoClose
    private static final DeviceBackend CPU = Devices.open(DeviceSpec.parse("cpu"));

    @Test
    void alternatingFlipsShowTheOtherFormOfEachImageInTheNextEpoch() {
        String golden =
                new String(GoldenBytes.of(AugmentationTest.class, "alternating.csv"), StandardCharsets.US_ASCII);
        List<String> epochs = IntStream.rangeClosed(1, 4)
                .mapToObj(epoch -> flips(epoch).stream().collect(Collectors.joining(",")))
                .toList();
        assertThat(epochs).isEqualTo(golden.lines().toList());
    }

    /** Returns for each image, by its index, whether it is mirrored. */
    private static List<String> flips(int epoch) {
        Augmentation augmentation = Augmentation.NONE.withFlip(Flip.ALTERNATING);
        EpochPlan plan = EpochPlan.draw(7, epoch, SIZE, true, augmentation);
        String[] flips = new String[SIZE];
        for (int i = 0; i < SIZE; i++) {
            flips[plan.image(i)] = plan.flipped(i) ? "1" : "0";
        }
        return List.of(flips);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void reflectedBordersAreTorchvisionsBitForBit(boolean resident) {
        EpochPlan plan = EpochPlan.draw(7, 3, SIZE, true, REFLECTED);
        try (PointerScope scope = new PointerScope();
                DeviceImages images = resident
                        ? DeviceImages.upload(photographs(), CPU.device(), REFLECTED)
                        : DeviceImages.onHost(photographs());
                InputPipeline pipeline = pipeline(images)) {
            pipeline.start(plan);
            byte[] found = bytes(pipeline.bytes(pipeline.batch(0, SIZE).images()));
            assertThat(found).isEqualTo(GoldenBytes.of(AugmentationTest.class, "reflected.bin"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void cutoutErasesTheSquaresOfASecondImplementation(boolean resident) {
        byte[] masks = GoldenBytes.of(AugmentationTest.class, "cutout.bin");
        try (PointerScope scope = new PointerScope();
                DeviceImages images = resident
                        ? DeviceImages.upload(photographs(), CPU.device(), CUTOUT)
                        : DeviceImages.onHost(photographs());
                InputPipeline pipeline = pipeline(images)) {
            float[] whole = batch(pipeline, EpochPlan.draw(7, 3, SIZE, true, Augmentation.NONE), 0, SIZE);
            EpochPlan plan = EpochPlan.draw(7, 3, SIZE, true, CUTOUT);
            float[] found = batch(pipeline, plan, 0, SIZE);
            for (int i = 0; i < found.length; i++) {
                int image = i / (3 * SIDE * SIDE);
                int pixel = i % (SIDE * SIDE);
                boolean stays = masks[image * SIDE * SIDE + pixel] == 1;
                assertThat(found[i]).isEqualTo(stays ? whole[i] : 0f);
            }
            assertThat(found).isNotEqualTo(whole);
            int image = 3 * SIDE * SIDE;
            assertThat(batch(pipeline, plan, 5, 7)).isEqualTo(Arrays.copyOfRange(found, 5 * image, 12 * image));
            // The second position of the part of one of two ranks is the fourth one of the epoch.
            assertThat(batch(pipeline, plan.part(0, 1, 2), 1, 1))
                    .isEqualTo(Arrays.copyOfRange(found, 3 * image, 4 * image));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void colorsAreTorchvisions(boolean resident) {
        Augmentation colors = Augmentation.NONE.withColorJitter(Optional.of(new ColorJitter(0.4, 1.5, 0.8, 0.5)));
        float[] golden = GoldenBytes.floats(AugmentationTest.class, "colors.bin");
        try (PointerScope scope = new PointerScope();
                DeviceImages images = resident
                        ? DeviceImages.upload(photographs(), CPU.device(), colors)
                        : DeviceImages.onHost(photographs());
                InputPipeline pipeline = new InputPipeline(
                        images,
                        CPU.device(),
                        new Normalization(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0)),
                        OptionalInt.empty())) {
            float[] found = batch(pipeline, EpochPlan.draw(7, 3, SIZE, false, colors), 0, 8);
            // The hue of a pixel with a small range of colours depends on the rounding.
            assertThat(found).usingComparatorWithPrecision(2e-5f).containsExactly(golden);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void operationsAreThoseOfTrivialAugmentWide(boolean resident) {
        Augmentation trivial = Augmentation.NONE.withTrivial(true);
        byte[] golden = GoldenBytes.of(AugmentationTest.class, "trivial.bin");
        int bytes = golden.length / 4;
        try (PointerScope scope = new PointerScope();
                DeviceImages images = resident
                        ? DeviceImages.upload(photographs(), CPU.device(), trivial)
                        : DeviceImages.onHost(photographs());
                InputPipeline pipeline = pipeline(images)) {
            int unequal = 0;
            for (int epoch = 1; epoch <= 4; epoch++) {
                pipeline.start(EpochPlan.draw(7, epoch, SIZE, false, trivial));
                byte[] found = bytes(pipeline.bytes(pipeline.batch(0, SIZE).images()));
                for (int i = 0; i < bytes; i++) {
                    unequal += found[i] == golden[(epoch - 1) * bytes + i] ? 0 : 1;
                }
            }
            // Rounding decides where a pixel comes from the middle between two others, and whether a blend is a whole
            // number.
            assertThat(unequal).isLessThan(golden.length / 1000);
        }
    }

    @Test
    void greyImagesHaveBrightnessAndContrastOnly() {
        ImageSet grey = new ImageSet(1, 2, 2, new byte[] {0, 51, 102, -1}, new int[1], List.of("grey"));
        Augmentation colors = Augmentation.NONE.withColorJitter(Optional.of(new ColorJitter(0.5, 0.5, 0.5, 0.5)));
        EpochPlan plan = EpochPlan.draw(7, 3, 1, false, colors);
        SplittableRandom random = new SplittableRandom(plan.colorSeed(0));
        double brightness = 0.5 + random.nextDouble();
        double contrast = 0.5 + random.nextDouble();
        double[] bright = {0, 0.2 * brightness, 0.4 * brightness, Math.min(1, brightness)};
        double mean = Arrays.stream(bright).average().orElseThrow();
        try (PointerScope scope = new PointerScope();
                InputPipeline pipeline = new InputPipeline(
                        DeviceImages.onHost(grey),
                        CPU.device(),
                        new Normalization(List.of(0.0), List.of(1.0)),
                        OptionalInt.empty())) {
            float[] found = batch(pipeline, plan, 0, 1);
            for (int i = 0; i < 4; i++) {
                double expected = Math.max(0, Math.min(1, contrast * bright[i] + (1 - contrast) * mean));
                assertThat(found[i]).isCloseTo((float) expected, within(1e-6f));
            }
        }
    }

    @Test
    void repeatedImagesMeetInABatchAndDifferInTheirChanges() {
        Augmentation repeated = Augmentation.CROP_AND_FLIP.withRepeats(3);
        EpochPlan once = EpochPlan.draw(7, 3, SIZE, true, Augmentation.CROP_AND_FLIP);
        EpochPlan plan = EpochPlan.draw(7, 3, SIZE, true, repeated);
        for (int i = 0; i < SIZE; i++) {
            assertThat(plan.image(i)).isEqualTo(once.image(i / 3));
            assertThat(List.of(plan.top(i), plan.left(i), plan.flipped(i)))
                    .isEqualTo(List.of(once.top(i), once.left(i), once.flipped(i)));
        }
    }

    @Test
    void aReflectedBorderIsNarrowerThanTheImage() {
        ImageSet small = new ImageSet(1, 4, 9, new byte[36], new int[1], List.of("small"));
        assertThatThrownBy(() -> DeviceImages.upload(small, CPU.device(), REFLECTED))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("input.crop_padding expects less than the side of the images with"
                        + " input.crop_padding_mode reflect, found 4 and images of 4x9");
    }

    private static float[] batch(InputPipeline pipeline, EpochPlan plan, int first, int size) {
        pipeline.start(plan);
        Tensor images = pipeline.batch(first, size).images();
        float[] values = new float[(int) images.numel()];
        images.contiguous().data_ptr_float().get(values);
        return values;
    }

    private static byte[] bytes(Tensor tensor) {
        byte[] bytes = new byte[(int) tensor.numel()];
        tensor.contiguous().data_ptr_byte().get(bytes);
        return bytes;
    }

    private static InputPipeline pipeline(DeviceImages images) {
        return new InputPipeline(images, CPU.device(), Normalization.CIFAR10, OptionalInt.empty());
    }

    private static ImageSet photographs() {
        byte[] pixels = GoldenBytes.of(AugmentationTest.class, "images.bin");
        return new ImageSet(3, SIDE, SIDE, pixels, new int[SIZE], List.of("noise"));
    }
}
