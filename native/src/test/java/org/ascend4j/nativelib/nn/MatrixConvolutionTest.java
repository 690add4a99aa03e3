package org.ascend4j.nativelib.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.ascend4j.nativelib.autocast.Autocast;
import org.ascend4j.nativelib.support.Prerequisite;
import org.ascend4j.nativelib.support.Requires;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares output and all gradients with torch's own convolution. */
@Requires(Prerequisite.NATIVE)
final class MatrixConvolutionTest {
    @ParameterizedTest
    @CsvSource({"1,1,1", "1,2,2", "1,4,3", "3,1,1", "3,1,2", "3,2,2", "3,3,3", "5,1,1", "5,2,2", "5,1,4", "5,4,4"})
    void equalsTheConvolutionInOutputAndGradients(int kernel, int height, int width) {
        try (PointerScope scope = new PointerScope()) {
            Tensor input = torch.randn(3, 5, height, width);
            assertEqualToConvolution(input, kernel, torch.randn(4), 1e-5);
            assertEqualToConvolution(input.contiguous(MemoryFormat.ChannelsLast), kernel, torch.randn(4), 1e-5);
        }
    }

    @Test
    void takesChannelsOfAWiderTensorAndNoBias() {
        try (PointerScope scope = new PointerScope()) {
            Tensor wide = torch.randn(3, 12, 2, 2).contiguous(MemoryFormat.ChannelsLast);
            assertEqualToConvolution(wide.narrow(1, 4, 5), 1, null, 1e-5);
            assertEqualToConvolution(wide.narrow(1, 4, 5), 3, null, 1e-5);
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "3"})
    void computesInTheLowerPrecisionOfARegion(int kernel) {
        try (PointerScope scope = new PointerScope();
                Autocast region = Autocast.enable(DeviceType.CPU, ScalarType.BFloat16)) {
            Tensor input = torch.randn(3, 5, 2, 2);
            Tensor weight = torch.randn(4, 5, kernel, kernel);
            assertThat(MatrixConvolution.forward(input, weight, null)
                            .scalar_type()
                            .intern())
                    .isEqualTo(ScalarType.BFloat16);
            // bf16 has a precision of 8 bits; the sums are of 45 products of about 1.
            assertEqualToConvolution(input, kernel, torch.randn(4), 0.15);
        }
    }

    @Test
    void refusesWeightsOfOtherChannels() {
        try (PointerScope scope = new PointerScope()) {
            assertThatThrownBy(() -> MatrixConvolution.forward(torch.randn(1, 2, 2, 2), torch.randn(4, 3, 3, 3), null))
                    .hasMessage(
                            "matrix_convolution expects N x C x H x W and O x C x k x k with an odd k, found [1, 2, 2, 2] and [4, 3, 3, 3]");
        }
    }

    private static void assertEqualToConvolution(Tensor values, int kernel, Tensor bias, double tolerance) {
        Tensor input = values.detach().set_requires_grad(true);
        Tensor weight = torch.randn(4, values.size(1), kernel, kernel)
                .contiguous(MemoryFormat.ChannelsLast)
                .set_requires_grad(true);
        Tensor shift = bias == null ? new Tensor() : bias.detach().set_requires_grad(true);
        Tensor slope = torch.randn(values.size(0), 4, values.size(2), values.size(3));
        long[] padding = {kernel / 2, kernel / 2};
        long[] one = {1, 1};
        List<Tensor> expected = outputAndGradients(
                () -> torch.conv2d(
                        input,
                        weight,
                        bias == null ? new TensorOptional() : new TensorOptional(shift),
                        one,
                        padding,
                        one,
                        1),
                slope,
                input,
                weight,
                shift);
        List<Tensor> found = outputAndGradients(
                () -> MatrixConvolution.forward(input, weight, bias == null ? null : shift),
                slope,
                input,
                weight,
                shift);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(torch.allclose(found.get(i), expected.get(i), tolerance, tolerance, false))
                    .as("tensor %d of output and gradients of input, weight and bias", i)
                    .isTrue();
        }
        assertThat(found).hasSameSizeAs(expected);
    }

    private static List<Tensor> outputAndGradients(Supplier<Tensor> forward, Tensor slope, Tensor... leaves) {
        Tensor output = forward.get();
        output.mul(slope).sum().backward();
        List<Tensor> found = new ArrayList<>(List.of(output.detach().to(ScalarType.Float)));
        for (Tensor leaf : leaves) {
            if (leaf.defined()) {
                found.add(leaf.grad().clone());
                leaf.mutable_grad().reset();
            }
        }
        return found;
    }
}
