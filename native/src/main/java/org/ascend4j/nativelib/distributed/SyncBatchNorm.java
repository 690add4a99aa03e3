package org.ascend4j.nativelib.distributed;

import org.ascend4j.nativelib.NativeLibrary;
import org.ascend4j.nativelib.jni.Ascend4jNative;
import org.bytedeco.pytorch.Tensor;

/** Batch normalisation with the statistics of the batches of all ranks: torch.nn.SyncBatchNorm in training, on any device. */
public final class SyncBatchNorm {
    private static final String FAILURE = "batch norm over all ranks: ";

    private SyncBatchNorm() {}

    /**
     * Normalises; all ranks call it in the same order, with as many images as they have. The caller owns the result.
     *
     * @param input {@code N x C x ...}
     * @param weight the factors of the channels, fp32 as all that follow
     * @param bias what is added to the channels
     * @param runningMean moved by {@code momentum}
     * @param runningVariance moved by {@code momentum}, with the unbiased variance of all ranks' images
     * @param epsilon what is added to the variance
     * @param group the name of the ranks' process group
     */
    public static Tensor forward(
            Tensor input,
            Tensor weight,
            Tensor bias,
            Tensor runningMean,
            Tensor runningVariance,
            double momentum,
            double epsilon,
            String group) {
        NativeLibrary.load();
        return Ascend4jNative.sync_batch_norm(
                input, weight, bias, runningMean, runningVariance, momentum, epsilon, group);
    }

    /** Says whether a collective of a forward or backward pass is what failed. */
    public static boolean failed(RuntimeException e) {
        return String.valueOf(e.getMessage()).startsWith(FAILURE);
    }
}
