package org.ascend4j.nn;

import static org.bytedeco.pytorch.global.torch.batch_norm;
import static org.bytedeco.pytorch.global.torch.ones;
import static org.bytedeco.pytorch.global.torch.zeros;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
    private final Tensor weight;
    private final Tensor bias;
    private final Tensor runningMean;
    private final Tensor runningVariance;
    private final List<TensorOptional> arguments;
    private final Tensor batchesTracked;
    private final Scalar one = own(new Scalar(1));
    private BatchNormalisation shared;

    /** Makes a normalisation of {@code channels} maps with PyTorch's default epsilon. */
    public BatchNorm2d(long channels) {
        this(channels, DEFAULT_EPSILON);
    }

    /** Makes a normalisation of {@code channels} maps; {@code epsilon} is added to the variance. */
    public BatchNorm2d(long channels, double epsilon) {
        super("BatchNorm2d");
        this.epsilon = epsilon;
        weight = parameter("weight", ones(channels));
        bias = parameter("bias", zeros(channels));
        runningMean = buffer("running_mean", zeros(channels));
        runningVariance = buffer("running_var", ones(channels));
        arguments = Stream.of(weight, bias, runningMean, runningVariance)
                .map(tensor -> own(new TensorOptional(tensor)))
                .toList();
        try (Tensor zero = zeros(new long[0])) {
            batchesTracked = buffer("num_batches_tracked", zero.to(ScalarType.Long));
        }
    }

    /** Normalises in training by somebody else's statistics, such as those of all ranks; the layer keeps its names and state. */
    public void normaliseBy(BatchNormalisation normalisation) {
        shared = normalisation;
    }

    @Override
    public Optional<String> batchDependence() {
        return Optional.of("batch normalisation, whose statistics are the whole batch's");
    }

    @Override
    protected Tensor compute(Tensor input) {
        countBatch();
        return normalise(input, arguments.get(0), arguments.get(1), arguments.get(2), arguments.get(3));
    }

    /** Counts a batch in training, as {@link #forward} does: for a computation by {@link #forwardWith}. */
    public void countBatch() {
        if (is_training()) {
            batchesTracked.add_(one);
        }
    }

    /** Computes with other tensors than the layer's own, such as several layers' joined; the caller owns the result. */
    public Tensor forwardWith(Tensor input, Tensor scale, Tensor shift, Tensor mean, Tensor variance) {
        try (TensorOptional scaleArgument = new TensorOptional(scale);
                TensorOptional shiftArgument = new TensorOptional(shift);
                TensorOptional meanArgument = new TensorOptional(mean);
                TensorOptional varianceArgument = new TensorOptional(variance)) {
            return normalise(input, scaleArgument, shiftArgument, meanArgument, varianceArgument);
        }
    }

    private Tensor normalise(
            Tensor input, TensorOptional scale, TensorOptional shift, TensorOptional mean, TensorOptional variance) {
        if (shared != null && is_training()) {
            return shared.normalise(input, scale.get(), shift.get(), mean.get(), variance.get(), MOMENTUM, epsilon);
        }
        return batch_norm(input, scale, shift, mean, variance, is_training(), MOMENTUM, epsilon, true);
    }

    /** Returns the factor of each channel. */
    public Tensor weight() {
        return weight;
    }

    /** Returns what is added to each channel. */
    public Tensor bias() {
        return bias;
    }

    /** Returns the mean of each channel that an evaluation uses. */
    public Tensor runningMean() {
        return runningMean;
    }

    /** Returns the variance of each channel that an evaluation uses. */
    public Tensor runningVariance() {
        return runningVariance;
    }
}
