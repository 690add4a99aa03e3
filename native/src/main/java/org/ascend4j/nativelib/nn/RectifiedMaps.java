package org.ascend4j.nativelib.nn;

import org.ascend4j.nativelib.NativeLibrary;
import org.ascend4j.nativelib.jni.Ascend4jNative;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/**
 * Rectifiers on a processor that are done while maps are split or joined by channels, with the values of torch's {@code relu} before {@code split} and behind
 * {@code cat}; differentiable once.
 *
 * <p>Maps are {@code N x C x H x W} in fp32 or bf16; what is returned has the channels last.
 */
public final class RectifiedMaps {
    private RectifiedMaps() {}

    /**
     * Returns the rectified maps in parts, which the caller owns.
     *
     * @param widths how many channels each part has; all that there are
     */
    public static TensorVector split(Tensor maps, long... widths) {
        NativeLibrary.load();
        return Ascend4jNative.rectified_split(maps, widths, widths.length);
    }

    /** Returns the parts' channels, rectified, one part behind the other. */
    public static Tensor join(TensorVector parts) {
        NativeLibrary.load();
        return Ascend4jNative.rectified_join(parts);
    }
}
