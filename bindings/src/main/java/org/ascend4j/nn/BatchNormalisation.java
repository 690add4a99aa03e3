package org.ascend4j.nn;

import org.bytedeco.pytorch.Tensor;

/**
 * A batch norm for training that uses the statistics of more than the current batch.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface BatchNormalisation {
    /**
     * Normalises a training batch; the caller owns the result.
     *
     * @param input {@code N x C x ...}
     * @param weight the factor of each channel
     * @param bias the bias of each channel
     * @param runningMean updated with the weight {@code momentum}
     * @param runningVariance updated with the weight {@code momentum}, using the unbiased variance
     */
    Tensor normalise(
            Tensor input,
            Tensor weight,
            Tensor bias,
            Tensor runningMean,
            Tensor runningVariance,
            double momentum,
            double epsilon);
}
