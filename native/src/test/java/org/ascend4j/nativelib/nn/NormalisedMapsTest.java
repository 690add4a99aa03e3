package org.ascend4j.nativelib.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.ascend4j.nativelib.support.Prerequisite;
import org.ascend4j.nativelib.support.Requires;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares values, gradients and running statistics with torch's batch_norm, relu, split and cat in fp64. */
@Requires(Prerequisite.NATIVE)
final class NormalisedMapsTest {
    private static final double MOMENTUM = 0.3;
    private static final double EPSILON = 1e-3;
    private static final long[] WIDTHS = {16, 7, 22};
    private static final long CHANNELS = 45;

    /** A value within the rounding of zero would be rectified in one precision only. */
    @BeforeEach
    void drawTheSameNumbers() {
        torch.manual_seed(0);
    }

    // 3 images of 11 x 17 pixels have a sum over 256 pixels twice and one over 49; those of 1 x 2 have 6 pixels.
    @ParameterizedTest
    @CsvSource({"Float, 11, 17, 3e-5", "Float, 1, 2, 3e-5", "BFloat16, 11, 17, 2e-2", "BFloat16, 1, 2, 2e-2"})
    void splitsAsTorchDoes(ScalarType type, long height, long width, double tolerance) {
        try (PointerScope scope = new PointerScope()) {
            Tensor maps = maps(CHANNELS, height, width, type);
            List<Tensor> norm = norm(CHANNELS);
            List<Tensor> slopes = slopes(maps, WIDTHS);
            List<Tensor> found =
                    train(List.of(maps), norm, slopes, (inputs, tensors) -> list(split(inputs.get(0), tensors)));
            List<Tensor> expected = train(
                    List.of(maps.to(ScalarType.Double)),
                    doubles(norm),
                    slopes,
                    (inputs, tensors) -> list(normalise(inputs.get(0), tensors).split_with_sizes(WIDTHS, 1)));
            assertClose(found, expected, tolerance);
            assertThat(found.subList(0, WIDTHS.length))
                    .allMatch(part -> part.is_contiguous(MemoryFormat.ChannelsLast)
                            && part.scalar_type().intern() == type);
        }
    }

    @ParameterizedTest
    @CsvSource({"Float, 3e-5", "BFloat16, 2e-2"})
    void joinsAsTorchDoes(ScalarType type, double tolerance) {
        try (PointerScope scope = new PointerScope()) {
            List<Tensor> maps = List.of(maps(5, 11, 17, type), maps(16, 11, 17, type), maps(9, 11, 17, type));
            List<Tensor> norms =
                    Stream.of(norm(16), norm(9)).flatMap(List::stream).toList();
            List<Tensor> slopes = slopes(maps.get(0), 30);
            List<Tensor> found = train(
                    maps,
                    norms,
                    slopes,
                    (inputs, tensors) -> List.of(NormalisedMaps.join(
                            inputs.get(0), vector(inputs.subList(1, 3)), vector(tensors), MOMENTUM, EPSILON)));
            List<Tensor> expected = train(
                    doubles(maps),
                    doubles(norms),
                    slopes,
                    (inputs, tensors) -> List.of(torch.cat(
                            new TensorVector(
                                    inputs.get(0),
                                    normalise(inputs.get(1), tensors.subList(0, 4)),
                                    normalise(inputs.get(2), tensors.subList(4, 8))),
                            1)));
            assertClose(found, expected, tolerance);
        }
    }

    @Test
    void readsGradientsThatArePartsOfOthers() {
        try (PointerScope scope = new PointerScope()) {
            Tensor maps = maps(CHANNELS, 5, 4, ScalarType.Float);
            Tensor slope = torch.randn(3, CHANNELS + 8, 5, 4);
            // The parts change places, so their gradients are neither adjacent nor in order.
            BiFunction<List<Tensor>, Tensor, List<Tensor>> mixed = (parts, between) ->
                    List.of(torch.cat(new TensorVector(parts.get(2), between, parts.get(0), parts.get(1)), 1));
            Tensor between = torch.randn(3, 8, 5, 4);
            List<Tensor> norm = norm(CHANNELS);
            List<Tensor> found = train(
                    List.of(maps),
                    norm,
                    List.of(slope),
                    (inputs, tensors) -> mixed.apply(list(split(inputs.get(0), tensors)), between));
            List<Tensor> expected = train(
                    List.of(maps.to(ScalarType.Double)),
                    doubles(norm),
                    List.of(slope),
                    (inputs, tensors) -> mixed.apply(
                            list(normalise(inputs.get(0), tensors).split_with_sizes(WIDTHS, 1)),
                            between.to(ScalarType.Double)));
            assertClose(found, expected, 3e-5);
        }
    }

    @Test
    void aPartThatIsNotUsedHasNoGradient() {
        try (PointerScope scope = new PointerScope()) {
            Tensor maps = maps(CHANNELS, 5, 4, ScalarType.Float);
            List<Tensor> norm = norm(CHANNELS);
            List<Tensor> found = train(
                    List.of(maps),
                    norm,
                    List.of(torch.ones(1)),
                    (inputs, tensors) ->
                            List.of(split(inputs.get(0), tensors).get(1).sum()));
            List<Tensor> expected = train(
                    doubles(List.of(maps)),
                    doubles(norm),
                    List.of(torch.ones(1)),
                    (inputs, tensors) -> List.of(
                            normalise(inputs.get(0), tensors).narrow(1, 16, 7).sum()));
            assertClose(found.subList(1, found.size()), expected.subList(1, expected.size()), 3e-5);
        }
    }

    @Test
    void keepsASmallVarianceBesideALargeMean() {
        try (PointerScope scope = new PointerScope()) {
            Tensor maps = maps(CHANNELS, 11, 17, ScalarType.Float)
                    .mul(new Scalar(0.1))
                    .add(new Scalar(100));
            List<Tensor> found = norm(CHANNELS);
            List<Tensor> expected = doubles(found);
            split(maps, found);
            normalise(maps.to(ScalarType.Double), expected);
            assertThat(torch.allclose(found.get(3).to(ScalarType.Double), expected.get(3), 1e-6, 0, false))
                    .isTrue();
        }
    }

    @Test
    void equalValuesHaveNoVarianceAndNaNStays() {
        try (PointerScope scope = new PointerScope()) {
            Tensor maps = torch.full(new long[] {3, 2, 5, 4}, new Scalar(0.1)).contiguous(MemoryFormat.ChannelsLast);
            maps.select(1, 1).select(0, 2).fill_(new Scalar(Float.NaN));
            List<Tensor> norm = List.of(
                    torch.ones(2), torch.full(new long[] {2}, new Scalar(0.25)), torch.zeros(2), torch.zeros(2));
            Tensor result =
                    NormalisedMaps.split(maps, vector(norm), 1, EPSILON, 2).get(0);
            assertThat(torch.allclose(
                            result.select(1, 0), torch.full(new long[] {3, 5, 4}, new Scalar(0.25)), 0, 1e-5, false))
                    .isTrue();
            assertThat(result.select(1, 1).isnan().all().item_bool()).isTrue();
            assertThat(norm.get(3).select(0, 0).item_float()).isZero();
            assertThat(norm.get(3).select(0, 1).item_float()).isNaN();
        }
    }

    @Test
    void resultsDoNotDependOnTheNumberOfThreads() {
        try (PointerScope scope = new PointerScope()) {
            Tensor maps = maps(CHANNELS, 32, 32, ScalarType.Float);
            List<Tensor> norm = norm(CHANNELS);
            List<Tensor> slopes = slopes(maps, WIDTHS);
            int threads = torch.get_num_threads();
            List<List<Tensor>> found = new ArrayList<>();
            try {
                for (int count : new int[] {1, 2, 3}) {
                    torch.set_num_threads(count);
                    found.add(train(
                            List.of(maps), norm, slopes, (inputs, tensors) -> list(split(inputs.get(0), tensors))));
                }
            } finally {
                torch.set_num_threads(threads);
            }
            assertClose(found.get(1), found.get(0), 0);
            assertClose(found.get(2), found.get(0), 0);
        }
    }

    @Test
    void refusesWhatItCannotDo() {
        try (PointerScope scope = new PointerScope()) {
            Tensor maps = torch.randn(2, 4, 2, 2);
            TensorVector norm = vector(norm(4));
            assertThatThrownBy(() -> NormalisedMaps.split(maps, norm, 0.1, 1e-5, 1, 2))
                    .hasMessage("normalised_split expects positive widths that add up to 4 channels, found [1, 2]");
            assertThatThrownBy(() -> NormalisedMaps.split(maps.to(ScalarType.Half), norm, 0.1, 1e-5, 4))
                    .hasMessage(
                            "normalised_split expects N x C x H x W on the CPU in Float or BFloat16, found [2, 4, 2, 2] on cpu in Half");
            assertThatThrownBy(() -> NormalisedMaps.split(torch.randn(1, 4, 1, 1), norm, 0.1, 1e-5, 4))
                    .hasMessage(
                            "normalised_split expects more than 1 value per channel, found [1, 4, 1, 1] on cpu in Float");
            assertThatThrownBy(() -> NormalisedMaps.split(maps, vector(norm(3)), 0.1, 1e-5, 4))
                    .hasMessage(
                            "normalised_split's norm expects 4 adjacent values in Float on the CPU, found [3] on cpu in Float");
            assertThatThrownBy(() -> NormalisedMaps.split(maps, new TensorVector(), 0.1, 1e-5, 4))
                    .hasMessage("normalised_split expects four tensors of a norm for each of its maps, found 0 for 1");
            assertThatThrownBy(
                            () -> NormalisedMaps.join(torch.randn(2, 1, 2, 3), new TensorVector(maps), norm, 0.1, 1e-5))
                    .hasMessage(
                            "normalised_join expects maps that differ in channels only, found [2, 1, 2, 3] in Float and [2, 4, 2, 2] in Float");
            assertThatThrownBy(() -> NormalisedMaps.join(maps, new TensorVector(), new TensorVector(), 0.1, 1e-5))
                    .hasMessage("normalised_join expects maps to normalise, found none");
        }
    }

    private static Tensor maps(long channels, long height, long width, ScalarType type) {
        return torch.randn(3, channels, height, width)
                .mul(new Scalar(1.5))
                .add(torch.randn(1, channels, 1, 1))
                .to(type)
                .contiguous(MemoryFormat.ChannelsLast);
    }

    private static List<Tensor> norm(long channels) {
        return List.of(torch.randn(channels), torch.randn(channels), torch.randn(channels), torch.rand(channels));
    }

    private static List<Tensor> slopes(Tensor like, long... widths) {
        return Arrays.stream(widths)
                .mapToObj(width -> torch.randn(like.size(0), width, like.size(2), like.size(3)))
                .toList();
    }

    private static TensorVector split(Tensor maps, List<Tensor> norm) {
        return NormalisedMaps.split(maps, vector(norm), MOMENTUM, EPSILON, WIDTHS);
    }

    private static Tensor normalise(Tensor maps, List<Tensor> norm) {
        TensorOptional[] tensors = norm.stream().map(TensorOptional::new).toArray(TensorOptional[]::new);
        return torch.batch_norm(maps, tensors[0], tensors[1], tensors[2], tensors[3], true, MOMENTUM, EPSILON, false)
                .relu();
    }

    /** Returns the results, the running statistics, and the gradients of the inputs, weights and biases. */
    private static List<Tensor> train(
            List<Tensor> maps,
            List<Tensor> norms,
            List<Tensor> slopes,
            BiFunction<List<Tensor>, List<Tensor>, List<Tensor>> forward) {
        List<Tensor> inputs =
                maps.stream().map(map -> map.detach().set_requires_grad(true)).toList();
        List<Tensor> tensors = new ArrayList<>();
        for (int i = 0; i < norms.size(); i++) {
            tensors.add(norms.get(i).clone().set_requires_grad(i % 4 < 2));
        }
        List<Tensor> found = new ArrayList<>(forward.apply(inputs, tensors));
        Tensor total = torch.zeros(1).to(ScalarType.Double);
        for (int i = 0; i < slopes.size(); i++) {
            total = total.add(found.get(i).mul(slopes.get(i)).sum());
        }
        total.backward();
        tensors.forEach(tensor -> found.add(tensor.requires_grad() ? tensor.grad() : tensor));
        inputs.forEach(input -> found.add(input.grad()));
        return found;
    }

    private static List<Tensor> doubles(List<Tensor> tensors) {
        return tensors.stream()
                .map(tensor -> tensor.to(ScalarType.Double).clone())
                .toList();
    }

    private static TensorVector vector(List<Tensor> tensors) {
        return new TensorVector(tensors.toArray(Tensor[]::new));
    }

    private static List<Tensor> list(TensorVector vector) {
        return new ArrayList<>(List.of(vector.get()));
    }

    /** The tolerance is a share of the largest value. */
    private static void assertClose(List<Tensor> found, List<Tensor> expected, double tolerance) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.size(); i++) {
            Tensor wanted = expected.get(i).to(ScalarType.Double);
            double largest = wanted.abs().max().item_double();
            double distance =
                    found.get(i).to(ScalarType.Double).sub(wanted).abs().max().item_double();
            assertThat(largest).as("%d", i).isPositive();
            assertThat(distance).as("%d", i).isLessThanOrEqualTo(tolerance * largest);
        }
    }
}
