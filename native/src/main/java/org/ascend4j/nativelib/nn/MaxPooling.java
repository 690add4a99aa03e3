package org.ascend4j.nativelib.nn;

import org.ascend4j.nativelib.NativeLibrary;
import org.ascend4j.nativelib.jni.Ascend4jNative;
import org.bytedeco.pytorch.Tensor;

/** Max pooling on the CPU, faster than torch's; differentiable once. */
public final class MaxPooling {
    /** The largest side of a window. */
    public static final long LARGEST_KERNEL = 15;

    private MaxPooling() {}

    /**
     * Returns whether {@link #forward} supports these windows over {@code N x C x H x W}; torch's pooling either supports others or reports what is wrong with
     * them.
     */
    public static boolean takes(Tensor input, long kernel, long stride, long padding) {
        return kernel >= 1
                && kernel <= LARGEST_KERNEL
                && stride >= 1
                && stride <= Integer.MAX_VALUE
                && padding >= 0
                && padding <= kernel / 2
                && input.dim() == 4
                && input.numel() > 0
                && kernel <= Math.min(input.size(2), input.size(3)) + 2 * padding;
    }

    /**
     * Pools {@code N x C x H x W} in fp32 or bf16 to maps with the channels last. The values are those of torch.nn.MaxPool2d. For fp32 maps with the channels
     * last the gradients have the same bits as torch's; gradients in bf16 are summed in fp32.
     *
     * @param kernel the side of a window, 1 to {@link #LARGEST_KERNEL}
     * @param padding at most half the kernel
     * @param ceilMode whether a last window that starts inside the image is kept although it ends outside
     */
    public static Tensor forward(Tensor input, long kernel, long stride, long padding, boolean ceilMode) {
        NativeLibrary.load();
        return Ascend4jNative.max_pooling(input, kernel, stride, padding, ceilMode);
    }
}
