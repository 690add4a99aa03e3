package org.ascend4j.nn.joint;

import static org.bytedeco.pytorch.global.torch.cat;

import org.ascend4j.nativelib.nn.ChannelsLastMaps;
import org.ascend4j.nativelib.nn.RectifiedMaps;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/**
 * Rectified maps that are split or joined by channels: in one pass with {@link RectifiedMaps} for maps on a processor with the channels last, where our own library is
 * there, else with torch's operators. The values are the same, so {@code Layer.economise} does not choose here.
 */
public final class RectifiedChannels {
    private RectifiedChannels() {}

    /** Returns the rectified maps {@code N x C x H x W} in parts of these widths; overwrites them or not, and the caller owns the vector. */
    static TensorVector split(Tensor maps, long... widths) {
        if (ChannelsLastMaps.supports(maps)) {
            return RectifiedMaps.split(maps, widths);
        }
        maps.relu_();
        return maps.split_with_sizes(widths, 1);
    }

    /** Returns the parts' rectified channels, one part behind the other; the caller owns the result. */
    public static Tensor join(TensorVector parts) {
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
