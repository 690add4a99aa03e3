package org.ascend4j.nn.joint;

import static org.bytedeco.pytorch.global.torch.cat;

import org.ascend4j.nativelib.nn.ChannelsLastMaps;
import org.ascend4j.nativelib.nn.RectifiedMaps;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/**
 * Rectifies maps while splitting or joining them by channels: in one pass with {@link RectifiedMaps} for maps on the CPU with the channels last, if our own
 * library is available, else with torch's operators. The values are the same, so {@code Layer.economise} has no effect here.
 */
final class RectifiedChannels {
    private RectifiedChannels() {}

    /** Returns the rectified maps {@code N x C x H x W} in parts of these widths. It may overwrite {@code maps}; the caller owns the vector. */
    static TensorVector split(Tensor maps, long... widths) {
        if (ChannelsLastMaps.supports(maps)) {
            return RectifiedMaps.split(maps, widths);
        }
        maps.relu_();
        return maps.split_with_sizes(widths, 1);
    }

    /** Returns the rectified parts, concatenated along the channels; the caller owns the result. */
    static Tensor join(TensorVector parts) {
        try (Tensor first = parts.get(0)) {
            if (ChannelsLastMaps.supports(first)) {
                return RectifiedMaps.join(parts);
            }
        }
        Tensor output = cat(parts, 1);
        output.relu_();
        return output;
    }
}
