package org.ascend4j.nativelib.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.UnaryOperator;
import org.ascend4j.nativelib.support.Prerequisite;
import org.ascend4j.nativelib.support.Requires;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares values and gradients with torch's own pooling in fp32, bit for bit. */
@Requires(Prerequisite.NATIVE)
final class MaxPoolingTest {
    private static final long[] NO_DILATION = {1, 1};

    private record Pooled(Tensor output, Tensor gradient) {}

    @ParameterizedTest(name = "{0} channels of {1} x {2}, kernel {3}, stride {4}, padding {5}, ceil mode {6}")
    @CsvSource({
        "64, 9, 8, 3, 1, 1, false",
        "200, 16, 15, 3, 2, 0, true",
        "33, 5, 4, 2, 2, 0, true",
        "480, 7, 5, 5, 3, 2, true",
        "832, 1, 1, 3, 1, 1, false",
        "1, 4, 9, 2, 1, 0, false",
        "130, 8, 9, 15, 4, 7, false"
    })
    void equalsTorchInValuesAndGradients(
            long channels, long height, long width, long kernel, long stride, long padding, boolean ceilMode) {
        try (PointerScope scope = new PointerScope()) {
            UnaryOperator<Tensor> theirs = input -> torch.max_pool2d(
                    input,
                    new long[] {kernel, kernel},
                    new long[] {stride, stride},
                    new long[] {padding, padding},
                    NO_DILATION,
                    ceilMode);
            UnaryOperator<Tensor> ours = input -> MaxPooling.forward(input, kernel, stride, padding, ceilMode);
            for (ScalarType type : new ScalarType[] {ScalarType.Float, ScalarType.BFloat16}) {
                Tensor input = oddValues(channels, height, width).to(type);
                Tensor slope =
                        torch.randn(theirs.apply(input).sizes().vec().get()).to(type);
                // Gradients in bf16 are summed in fp32 and rounded once.
                Pooled expected = pool(theirs, input.to(ScalarType.Float), slope.to(ScalarType.Float));
                Pooled found = pool(ours, input, slope);
                assertEqual(found.output(), expected.output().to(type));
                assertEqual(found.gradient(), expected.gradient().to(type));
                assertThat(found.output().is_contiguous(MemoryFormat.ChannelsLast))
                        .isTrue();
                try (NoGradGuard noGrad = new NoGradGuard()) {
                    assertEqual(ours.apply(input), expected.output().to(type));
                }
            }
        }
    }

    @Test
    void takesMapsWhoseChannelsAreApart() {
        try (PointerScope scope = new PointerScope()) {
            Tensor input = torch.randn(2, 5, 6, 6);
            assertEqual(
                    MaxPooling.forward(input, 3, 1, 1, false),
                    torch.max_pool2d(
                            input, new long[] {3, 3}, new long[] {1, 1}, new long[] {1, 1}, NO_DILATION, false));
        }
    }

    @Test
    void refusesWhatItCannotPool() {
        try (PointerScope scope = new PointerScope()) {
            Tensor maps = torch.randn(1, 2, 4, 4);
            assertThatThrownBy(() -> MaxPooling.forward(maps.to(ScalarType.Double), 3, 1, 1, false))
                    .hasMessage(
                            "max_pooling expects N x C x H x W on the CPU in Float or BFloat16, found [1, 2, 4, 4] on cpu in Double");
            assertThatThrownBy(() -> MaxPooling.forward(maps, 3, 1, 2, false))
                    .hasMessage(
                            "max_pooling expects a kernel of 1 to 15, a positive stride and a padding of at most half the kernel, found 3, 1 and 2");
            assertThatThrownBy(() -> MaxPooling.forward(maps, 7, 1, 0, false))
                    .hasMessage("max_pooling expects windows of 7 x 7 to fit into [1, 2, 4, 4] with a padding of 0");
        }
    }

    /** Returns few different values, so that many are equal, including zeros of both signs, infinities and NaN. */
    private static Tensor oddValues(long channels, long height, long width) {
        Tensor values =
                torch.randn(2, channels, height, width).mul(new Scalar(3)).round();
        values.select(0, 0).select(0, 0).select(0, 0).select(0, 0).fill_(new Scalar(Float.NaN));
        values.select(0, 1)
                .select(0, 0)
                .select(0, height - 1)
                .select(0, width - 1)
                .fill_(new Scalar(Float.NaN));
        values.select(1, channels - 1).fill_(new Scalar(-0.0f));
        values.select(1, channels / 2).select(1, 0).fill_(new Scalar(Float.NEGATIVE_INFINITY));
        return values.contiguous(MemoryFormat.ChannelsLast);
    }

    private static Pooled pool(UnaryOperator<Tensor> pooling, Tensor values, Tensor slope) {
        Tensor input = values.detach().set_requires_grad(true);
        Tensor output = pooling.apply(input);
        output.mul(slope).sum().backward();
        return new Pooled(output.detach(), input.grad());
    }

    private static void assertEqual(Tensor found, Tensor expected) {
        assertThat(torch.allclose(found, expected, 0, 0, true)).isTrue();
    }
}
