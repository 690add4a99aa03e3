package org.ascend4j.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares a convolution's forms with less arithmetic with torch's own convolution. */
class EconomicalConvolutionTest {
    @ParameterizedTest
    @CsvSource({
        "5, 1, 1", "5, 2, 2", "5, 1, 3", "5, 3, 3", "3, 1, 1", "3, 1, 2", "3, 2, 2", "1, 1, 1", "5, 1, 6", "5, 2, 4"
    })
    void formsWithLessArithmeticGiveTheSame(int kernel, int height, int width) {
        try (Conv2d layer = new Conv2d(3, 4, kernel, kernel / 2)) {
            Tensor input = torch.randn(2, 3, height, width);
            Tensor slope = torch.randn(2, 4, height, width);
            List<Tensor> whole = outputAndGradients(layer, input, slope);
            layer.economise(true);
            List<Tensor> economical = outputAndGradients(layer, input, slope);
            for (int i = 0; i < whole.size(); i++) {
                assertThat(torch.allclose(economical.get(i), whole.get(i), 1e-5, 1e-6, false))
                        .as("tensor %d", i)
                        .isTrue();
            }
        }
    }

    /** Maps with the channels last, for which a 3x3 convolution becomes Winograd's; the others keep their form. */
    @ParameterizedTest
    @CsvSource({
        "16, 8, 8, 8, true",
        "16, 8, 5, 7, true",
        "16, 8, 5, 5, false",
        "16, 12, 8, 8, false",
        "1, 8, 8, 8, false"
    })
    void aConvolutionWithFewerMultiplicationsGivesTheSame(
            int images, int outputs, int height, int width, boolean rounds) {
        try (PointerScope scope = new PointerScope();
                Conv2d layer = new Conv2d(8, outputs, 3, 1)) {
            Tensor input = torch.randn(images, 8, height, width).contiguous(MemoryFormat.ChannelsLast);
            Tensor slope = torch.randn(images, outputs, height, width);
            List<Tensor> whole = outputAndGradients(layer, input, slope);
            layer.economise(true);
            List<Tensor> economical = outputAndGradients(layer, input, slope);
            for (int i = 0; i < whole.size(); i++) {
                double error = economical.get(i).sub(whole.get(i)).abs().max().item_double();
                assertThat(error / whole.get(i).abs().max().item_double())
                        .as("tensor %d", i)
                        .isLessThan(1e-4);
            }
            // Equal bits: torch's own convolution.
            assertThat(torch.equal(economical.get(0), whole.get(0))).isEqualTo(!rounds);
        }
    }

    /** Returns the output and the gradients of input, weight and bias. */
    private static List<Tensor> outputAndGradients(Conv2d layer, Tensor input, Tensor slope) {
        Tensor leaf = input.clone().set_requires_grad(true);
        Tensor output = layer.forward(leaf);
        output.mul(slope).sum().backward();
        List<Tensor> found = List.of(
                output.detach(),
                leaf.grad(),
                layer.weight().grad().clone(),
                layer.bias().grad().clone());
        layer.weight().mutable_grad().reset();
        layer.bias().mutable_grad().reset();
        return found;
    }
}
