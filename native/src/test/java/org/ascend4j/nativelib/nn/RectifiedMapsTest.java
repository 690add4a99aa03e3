package org.ascend4j.nativelib.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.ascend4j.nativelib.support.Prerequisite;
import org.ascend4j.nativelib.support.Requires;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares every value and gradient with torch's relu, split and cat. */
@Requires(Prerequisite.NATIVE)
final class RectifiedMapsTest {
    private static final long[] WIDTHS = {64, 7, 33, 128};
    private static final long CHANNELS = 232;

    @ParameterizedTest
    @EnumSource(
            value = ScalarType.class,
            names = {"Float", "BFloat16"})
    void splitsAsTorchDoes(ScalarType type) {
        try (PointerScope scope = new PointerScope()) {
            Function<Tensor, TensorVector> theirs = input -> input.relu().split_with_sizes(WIDTHS, 1);
            Function<Tensor, TensorVector> ours = input -> RectifiedMaps.split(input, WIDTHS);
            for (MemoryFormat format : List.of(MemoryFormat.ChannelsLast, MemoryFormat.Contiguous)) {
                for (long height : new long[] {5, 1, 0}) {
                    Tensor maps = oddValues(CHANNELS, type).narrow(2, 0, height).contiguous(format);
                    List<Tensor> slopes = slopes(type).stream()
                            .map(slope -> slope.narrow(2, 0, height))
                            .toList();
                    assertEqual(splitAndBack(ours, maps, slopes), splitAndBack(theirs, maps, slopes));
                    try (NoGradGuard noGrad = new NoGradGuard()) {
                        List<Tensor> parts = list(ours.apply(maps));
                        assertEqual(parts, list(theirs.apply(maps)));
                        assertThat(parts).allMatch(part -> part.is_contiguous(MemoryFormat.ChannelsLast));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ScalarType.class,
            names = {"Float", "BFloat16"})
    void joinsAsTorchDoes(ScalarType type) {
        try (PointerScope scope = new PointerScope()) {
            Tensor whole = oddValues(CHANNELS, type);
            Tensor slope = torch.randn(whole.sizes().vec().get()).to(type);
            Function<TensorVector, Tensor> theirs =
                    parts -> torch.cat(parts, 1).relu().contiguous(MemoryFormat.ChannelsLast);
            // Views of the whole tensor: the distance between their pixels exceeds their number of channels.
            List<Tensor> parts = list(whole.split_with_sizes(WIDTHS, 1));
            List<Tensor> found = joinAndBack(RectifiedMaps::join, parts, slope);
            assertEqual(found, joinAndBack(theirs, parts, slope));
            assertThat(found.get(0).is_contiguous(MemoryFormat.ChannelsLast)).isTrue();
            try (NoGradGuard noGrad = new NoGradGuard()) {
                TensorVector vector = new TensorVector(parts.toArray(Tensor[]::new));
                assertEqual(List.of(RectifiedMaps.join(vector)), List.of(theirs.apply(vector)));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ScalarType.class,
            names = {"Float", "BFloat16"})
    void aPartThatNobodyUsesHasNoGradient(ScalarType type) {
        try (PointerScope scope = new PointerScope()) {
            Tensor input = oddValues(5, type).set_requires_grad(true);
            RectifiedMaps.split(input, 2, 3).get(1).sum().backward();
            assertEqual(
                    List.of(input.grad()),
                    List.of(torch.cat(
                            new TensorVector(
                                    torch.zeros_like(input).narrow(1, 0, 2),
                                    input.relu()
                                            .narrow(1, 2, 3)
                                            .ne(new Scalar(0))
                                            .to(type)),
                            1)));
        }
    }

    @Test
    void refusesWhatItCannotDo() {
        try (PointerScope scope = new PointerScope()) {
            Tensor maps = torch.randn(1, 4, 2, 2);
            assertThatThrownBy(() -> RectifiedMaps.split(maps, 1, 2))
                    .hasMessage("rectified_split expects positive widths that add up to 4 channels, found [1, 2]");
            assertThatThrownBy(() -> RectifiedMaps.split(maps, 5, -1))
                    .hasMessage("rectified_split expects positive widths that add up to 4 channels, found [5, -1]");
            assertThatThrownBy(() -> RectifiedMaps.split(maps.to(ScalarType.Double), 4))
                    .hasMessage(
                            "rectified_split expects N x C x H x W on the CPU in Float or BFloat16, found [1, 4, 2, 2] on cpu in Double");
            assertThatThrownBy(() -> RectifiedMaps.join(new TensorVector(maps, torch.randn(1, 4, 2, 3))))
                    .hasMessage(
                            "rectified_join expects maps that differ in channels only, found [1, 4, 2, 2] in Float and [1, 4, 2, 3] in Float");
            assertThatThrownBy(() -> RectifiedMaps.join(new TensorVector()))
                    .hasMessage("rectified_join expects maps, found none");
        }
    }

    private static Tensor oddValues(long channels, ScalarType type) {
        Tensor values = torch.randn(3, channels, 5, 4);
        float[] odd = {
            Float.NaN, -Float.NaN, 0, -0.0f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1e-45f, -1e-45f
        };
        for (int i = 0; i < odd.length; i++) {
            values.select(0, i % 3).select(0, i % channels).select(0, i % 5).fill_(new Scalar(odd[i]));
        }
        return values.to(type).contiguous(MemoryFormat.ChannelsLast);
    }

    private static List<Tensor> slopes(ScalarType type) {
        List<Tensor> slopes = new ArrayList<>();
        for (long width : WIDTHS) {
            slopes.add(torch.randn(3, width, 5, 4).to(type));
        }
        return slopes;
    }

    private static List<Tensor> splitAndBack(Function<Tensor, TensorVector> split, Tensor maps, List<Tensor> slopes) {
        Tensor input = maps.detach().set_requires_grad(true);
        List<Tensor> found = list(split.apply(input));
        Tensor total = torch.zeros(1);
        for (int i = 0; i < found.size(); i++) {
            total = total.add(found.get(i).mul(slopes.get(i)).sum());
        }
        total.backward();
        found.add(input.grad());
        return found;
    }

    private static List<Tensor> joinAndBack(Function<TensorVector, Tensor> join, List<Tensor> parts, Tensor slope) {
        List<Tensor> inputs = parts.stream()
                .map(part -> part.detach().set_requires_grad(true))
                .toList();
        Tensor output = join.apply(new TensorVector(inputs.toArray(Tensor[]::new)));
        output.mul(slope).sum().backward();
        List<Tensor> found = new ArrayList<>(List.of(output));
        inputs.forEach(input -> found.add(input.grad()));
        return found;
    }

    private static List<Tensor> list(TensorVector vector) {
        return new ArrayList<>(List.of(vector.get()));
    }

    private static void assertEqual(List<Tensor> found, List<Tensor> expected) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.size(); i++) {
            assertThat(torch.allclose(found.get(i), expected.get(i), 0, 0, true))
                    .as("%d", i)
                    .isTrue();
        }
    }
}
