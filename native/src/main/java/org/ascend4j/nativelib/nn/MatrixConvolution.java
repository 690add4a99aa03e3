package org.ascend4j.nativelib.nn;

import org.ascend4j.nativelib.NativeLibrary;
import org.ascend4j.nativelib.jni.Ascend4jNative;
import org.bytedeco.pytorch.Tensor;

/** A convolution on the CPU as one matrix product; differentiable once. */
public final class MatrixConvolution {
    private MatrixConvolution() {}

    /**
     * Convolves {@code N x C x H x W} to {@code N x O x H x W} with stride 1 and padding {@code k / 2}.
     *
     * <p>For a kernel of 1 the product runs over pixels; for a larger one over whole maps, which for maps of few pixels is less arithmetic than the
     * convolution. It computes in the precision of an autocast region, if there is one; the result equals the convolution except for rounding.
     *
     * @param weight {@code O x C x k x k} with an odd k
     * @param bias {@code O}, or null
     */
    public static Tensor forward(Tensor input, Tensor weight, Tensor bias) {
        NativeLibrary.load();
        if (bias != null) {
            return Ascend4jNative.matrix_convolution(input, weight, bias);
        }
        try (Tensor none = new Tensor()) {
            return Ascend4jNative.matrix_convolution(input, weight, none);
        }
    }
}
