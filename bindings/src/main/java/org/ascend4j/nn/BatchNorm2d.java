package org.ascend4j.nn;

import static org.bytedeco.pytorch.global.torch.batch_norm;
import static org.bytedeco.pytorch.global.torch.ones;
import static org.bytedeco.pytorch.global.torch.zeros;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** {@code torch.nn.BatchNorm2d} with affine parameters and running statistics (<a href="https://arxiv.org/abs/1502.03167">Ioffe and Szegedy, 2015</a>). */
public final class BatchNorm2d extends Layer {
    /** PyTorch's default: what is added to the variance. */
    public static final double DEFAULT_EPSILON = 1e-5;

    private static final double MOMENTUM = 0.1;

    private final double epsilon;
    private final TensorOptional weight;
    private final TensorOptional bias;
    private final TensorOptional runningMean;
    private final TensorOptional runningVariance;
    private final Tensor batchesTracked;
    private final Scalar one = own(new Scalar(1));

    /** Makes a normalisation of {@code channels} maps with PyTorch's default epsilon. */
    public BatchNorm2d(long channels) {
        this(channels, DEFAULT_EPSILON);
    }

    /** Makes a normalisation of {@code channels} maps; {@code epsilon} is added to the variance. */
    public BatchNorm2d(long channels, double epsilon) {
        super("BatchNorm2d");
        this.epsilon = epsilon;
        weight = argument(parameter("weight", ones(channels)));
        bias = argument(parameter("bias", zeros(channels)));
        runningMean = argument(buffer("running_mean", zeros(channels)));
        runningVariance = argument(buffer("running_var", ones(channels)));
        try (Tensor zero = zeros(new long[0])) {
            batchesTracked = buffer("num_batches_tracked", zero.to(ScalarType.Long));
        }
    }

    @Override
    protected Tensor compute(Tensor input) {
        boolean training = is_training();
        if (training) {
            batchesTracked.add_(one);
        }
        return batch_norm(input, weight, bias, runningMean, runningVariance, training, MOMENTUM, epsilon, true);
    }

    private TensorOptional argument(Tensor tensor) {
        return own(new TensorOptional(tensor));
    }
}
