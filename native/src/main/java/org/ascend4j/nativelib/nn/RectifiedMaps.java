package org.ascend4j.nativelib.nn;

import org.ascend4j.nativelib.NativeLibrary;
import org.ascend4j.nativelib.jni.Ascend4jNative;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/**
 * Rectifiers on the CPU that are applied while maps are split or joined by channels, with the values of torch's {@code relu} before {@code split} and after
 * {@code cat}; differentiable once.
 *
 * <p>Maps are {@code N x C x H x W} in fp32 or bf16; the results have the channels last.
 */
public final class RectifiedMaps {
    private RectifiedMaps() {}

    /**
     * Returns the rectified maps in parts; the caller owns them.
     *
     * @param widths the number of channels of each part; their sum must be the number of channels
     */
    public static TensorVector split(Tensor maps, long... widths) {
        NativeLibrary.load();
        return Ascend4jNative.rectified_split(maps, widths, widths.length);
    }

    /** Returns the rectified parts, concatenated along the channels. */
    public static Tensor join(TensorVector parts) {
        NativeLibrary.load();
        return Ascend4jNative.rectified_join(parts);
    }
}
