package org.ascend4j.nn;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the memory layout of a convolution's maps. */
class Conv2dLayoutTest {
    /** oneDNN's gradient of such a weight crashes the process in channels_last (torch 2.7.1), so the layer must avoid it. */
    @ParameterizedTest
    @CsvSource({"4, 2, false", "7, 2, false", "8, 2, true", "4, 1, true"})
    void stridedPixelConvolutionsOfFewChannelsComputeContiguously(int channels, int stride, boolean channelsLast) {
        try (Conv2d layer = new Conv2d(channels, 8, 1, stride, 0, false)) {
            Tensor weight = layer.weight();
            weight.set_data(weight.detach().contiguous(MemoryFormat.ChannelsLast));
            Tensor input = torch.randn(2, channels, 6, 6).contiguous(MemoryFormat.ChannelsLast);
            Tensor output = layer.forward(input);
            assertThat(output.is_contiguous(MemoryFormat.ChannelsLast)).isEqualTo(channelsLast);
            Tensor picked = input.slice(2, new LongOptional(0), new LongOptional(6), stride)
                    .slice(3, new LongOptional(0), new LongOptional(6), stride);
            Tensor expected =
                    picked.permute(0, 2, 3, 1).matmul(weight.flatten(1, 3).t()).permute(0, 3, 1, 2);
            assertThat(torch.allclose(output, expected, 1e-5, 1e-6, false)).isTrue();
        }
    }
}
