package org.ascend4j.nativelib.nn;

import org.ascend4j.nativelib.NativeLibrary;
import org.ascend4j.nativelib.jni.Ascend4jNative;
import org.bytedeco.pytorch.Tensor;

/**
 * A 3x3 convolution on the CPU with a quarter of its multiplications, by Winograd's F(4x4, 3x3); differentiable once.
 *
 * <p>Source: <a href="https://arxiv.org/abs/1509.09308">Lavin and Gray, Fast Algorithms for Convolutional Neural Networks</a>.
 */
public final class WinogradConvolution {
    /** The numbers of input and output channels are multiples of this. */
    public static final int CHANNELS = 8;

    /** The side of the tiles into which maps are divided, in pixels. */
    public static final int TILE = 4;

    private WinogradConvolution() {}

    /**
     * Convolves {@code N x C x H x W} to {@code N x O x H x W} in fp32 with stride 1 and padding 1. The result equals the convolution except for rounding, to
     * about 1e-5 of the largest value. Tiles at the edge of a map cost as much as whole ones.
     *
     * @param weight {@code O x C x 3 x 3}; O and C are multiples of {@value #CHANNELS}
     * @param bias {@code O}, or null
     */
    public static Tensor forward(Tensor input, Tensor weight, Tensor bias) {
        NativeLibrary.load();
        if (bias != null) {
            return Ascend4jNative.winograd_convolution(input, weight, bias);
        }
        try (Tensor none = new Tensor()) {
            return Ascend4jNative.winograd_convolution(input, weight, none);
        }
    }
}
