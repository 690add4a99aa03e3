package org.ascend4j.nn;

import org.bytedeco.pytorch.Tensor;

/** A batch norm in training with statistics of more than the batch at hand. */
@FunctionalInterface
public interface BatchNormalisation {
    /**
     * Normalises in training; the caller owns the result.
     *
     * @param input {@code N x C x ...}
     * @param weight the factor of each channel
     * @param bias what is added to each channel
     * @param runningMean moved by {@code momentum}
     * @param runningVariance moved by {@code momentum}, with the unbiased variance
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
