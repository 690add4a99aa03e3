package org.ascend4j.nativelib.nn;

import org.ascend4j.nativelib.NativeLibrary;
import org.ascend4j.nativelib.jni.Ascend4jNative;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/**
 * Batch norm in training with the rectifier that follows, on the CPU, with the values of torch's {@code batch_norm} and {@code relu} except for rounding; differentiable
 * once.
 *
 * <p>Maps are {@code N x C x H x W} in fp32 or bf16 with more than one value per channel; the results have the channels last. A norm is four tensors in fp32 of
 * {@code C} values: weight, bias, running mean and running variance. The running statistics are updated with the weight {@code momentum}, using the unbiased variance.
 * Statistics are sums in fp32 over 256 pixels, and in fp64 over these: they do not depend on the number of threads.
 */
public final class NormalisedMaps {
    private NormalisedMaps() {}

    /**
     * Returns the normalised and rectified maps in parts; the caller owns them.
     *
     * @param norm the norm's four tensors
     * @param widths the number of channels of each part; their sum must be the number of channels
     */
    public static TensorVector split(Tensor maps, TensorVector norm, double momentum, double epsilon, long... widths) {
        NativeLibrary.load();
        return Ascend4jNative.normalised_split(maps, norm, momentum, epsilon, widths, widths.length);
    }

    /**
     * Returns {@code first} as it is and the normalised and rectified {@code maps}, concatenated along the channels; the caller owns the result.
     *
     * @param norms the four tensors of the norm of each of {@code maps} in turn
     */
    public static Tensor join(Tensor first, TensorVector maps, TensorVector norms, double momentum, double epsilon) {
        NativeLibrary.load();
        return Ascend4jNative.normalised_join(first, maps, norms, momentum, epsilon);
    }
}
