package org.ascend4j.nativelib.distributed;

import org.ascend4j.nativelib.NativeLibrary;
import org.ascend4j.nativelib.jni.Ascend4jNative;
import org.bytedeco.pytorch.Tensor;

/** Batch normalisation with the statistics of the batches of all ranks: torch.nn.SyncBatchNorm in training, on any device. */
public final class SyncBatchNorm {
    private static final String FAILURE = "batch norm over all ranks: ";

    private SyncBatchNorm() {}

    /**
     * Normalises the batches of all ranks; all ranks must call it in the same order, each with any number of images. The caller owns the result.
     *
     * @param input {@code N x C x ...}
     * @param weight the factors of the channels; in fp32, like all following tensors
     * @param bias the biases of the channels
     * @param runningMean updated with the weight {@code momentum}
     * @param runningVariance updated with the weight {@code momentum}, using the unbiased variance of all ranks' images
     * @param epsilon the value that is added to the variance
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

    /** Returns whether a failure comes from a collective of a forward or backward pass. */
    public static boolean failed(RuntimeException e) {
        return String.valueOf(e.getMessage()).startsWith(FAILURE);
    }
}
