package org.ascend4j.nativelib.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.ascend4j.nativelib.support.Prerequisite;
import org.ascend4j.nativelib.support.Requires;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares output and all gradients with torch's own convolution in fp64. */
@Requires(Prerequisite.NATIVE)
final class WinogradConvolutionTest {
    /** Relative to the largest value; the transforms multiply by up to 8 and divide by up to 24, and errors of about 1e-5 were seen. */
    private static final double TOLERANCE = 1e-4;

    // Tiles of all kinds: whole ones, edges, fewer pixels than a tile; more tiles than are computed at a time.
    @ParameterizedTest
    @CsvSource({"2,8,8", "3,4,4", "2,5,7", "1,1,1", "2,3,1", "9,16,12", "40,6,6"})
    void equalsTheConvolutionInOutputAndGradients(int images, int height, int width) {
        try (PointerScope scope = new PointerScope()) {
            Tensor input = torch.randn(images, 16, height, width);
            assertEqualToConvolution(
                    input.contiguous(MemoryFormat.ChannelsLast), torch.randn(24, 16, 3, 3), torch.randn(24));
            assertEqualToConvolution(input, torch.randn(8, 16, 3, 3), null);
        }
    }

    @Test
    void takesChannelsOfAWiderTensorAndWeightsOfAnyLayout() {
        try (PointerScope scope = new PointerScope()) {
            Tensor wide = torch.randn(2, 24, 4, 8)
                    .contiguous(MemoryFormat.ChannelsLast)
                    .narrow(1, 8, 8);
            assertEqualToConvolution(
                    wide,
                    torch.randn(16, 8, 3, 3).contiguous(MemoryFormat.ChannelsLast),
                    torch.randn(32).narrow(0, 5, 16));
            assertEqualToConvolution(
                    wide,
                    torch.randn(8, 16, 3, 3)
                            .transpose(0, 1)
                            .contiguous()
                            .transpose(0, 1)
                            .narrow(1, 0, 8),
                    null);
        }
    }

    @Test
    void differentiatesOnlyWhatIsAskedFor() {
        try (PointerScope scope = new PointerScope()) {
            Tensor weight = torch.randn(8, 8, 3, 3).set_requires_grad(true);
            Tensor output = WinogradConvolution.forward(torch.randn(1, 8, 4, 4), weight, torch.randn(8));
            output.sum().backward();
            assertThat(weight.grad().defined()).isTrue();
            Tensor input = torch.randn(1, 8, 4, 4).set_requires_grad(true);
            WinogradConvolution.forward(input, weight.detach(), null).sum().backward();
            assertThat(input.grad().defined()).isTrue();
        }
    }

    @Test
    void refusesWhatItDoesNotCompute() {
        try (PointerScope scope = new PointerScope()) {
            Tensor maps = torch.randn(1, 8, 4, 4);
            assertThatThrownBy(() -> WinogradConvolution.forward(maps, torch.randn(8, 8, 5, 5), null))
                    .hasMessage(
                            "winograd_convolution expects N x C x H x W and O x C x 3 x 3, C and O multiples of 8, found"
                                    + " [1, 8, 4, 4] and [8, 8, 5, 5]");
            assertThatThrownBy(() -> WinogradConvolution.forward(maps, torch.randn(12, 8, 3, 3), null))
                    .hasMessageEndingWith("found [1, 8, 4, 4] and [12, 8, 3, 3]");
            assertThatThrownBy(() -> WinogradConvolution.forward(maps, torch.randn(8, 16, 3, 3), null))
                    .hasMessageEndingWith("found [1, 8, 4, 4] and [8, 16, 3, 3]");
            assertThatThrownBy(() ->
                            WinogradConvolution.forward(maps.to(ScalarType.Double), torch.randn(8, 8, 3, 3), null))
                    .hasMessageStartingWith("winograd_convolution's input expects values on the CPU in Float, found");
        }
    }

    private static void assertEqualToConvolution(Tensor maps, Tensor weights, Tensor biases) {
        Tensor[] leaves = Stream.of(maps, weights, biases)
                .map(values -> values == null ? new Tensor() : values.detach().set_requires_grad(true))
                .toArray(Tensor[]::new);
        Tensor[] exact = Stream.of(leaves)
                .map(values ->
                        values.defined() ? values.detach().to(ScalarType.Double).set_requires_grad(true) : values)
                .toArray(Tensor[]::new);
        Tensor slope = torch.randn(maps.size(0), weights.size(0), maps.size(2), maps.size(3));
        List<Tensor> found = outputAndGradients(
                () -> WinogradConvolution.forward(leaves[0], leaves[1], biases == null ? null : leaves[2]),
                slope,
                leaves);
        List<Tensor> expected = outputAndGradients(
                () -> torch.conv2d(
                        exact[0],
                        exact[1],
                        biases == null ? new TensorOptional() : new TensorOptional(exact[2]),
                        new long[] {1, 1},
                        new long[] {1, 1},
                        new long[] {1, 1},
                        1),
                slope.to(ScalarType.Double),
                exact);
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            Tensor truth = expected.get(i);
            double error =
                    found.get(i).to(ScalarType.Double).sub(truth).abs().max().item_double();
            assertThat(error / truth.abs().max().item_double())
                    .as("tensor %d of output and gradients of input, weight and bias", i)
                    .isLessThan(TOLERANCE);
        }
    }

    private static List<Tensor> outputAndGradients(Supplier<Tensor> forward, Tensor slope, Tensor... leaves) {
        Tensor output = forward.get();
        output.mul(slope).sum().backward();
        List<Tensor> found = new ArrayList<>(List.of(output.detach()));
        Stream.of(leaves).filter(Tensor::defined).forEach(leaf -> found.add(leaf.grad()));
        return found;
    }
}
