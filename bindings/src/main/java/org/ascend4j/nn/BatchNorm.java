package org.ascend4j.nn;

import static org.bytedeco.pytorch.global.torch.batch_norm;
import static org.bytedeco.pytorch.global.torch.ones;
import static org.bytedeco.pytorch.global.torch.zeros;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ascend4j.Ascend4jException;
import org.ascend4j.nativelib.nn.ChannelsLastMaps;
import org.ascend4j.nativelib.nn.NormalisedMaps;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Batch normalisation of inputs with any number of dimensions after the channels (<a href="https://arxiv.org/abs/1502.03167">Ioffe and Szegedy, 2015</a>).
 *
 * <p>Its economical form computes a training batch together with a rectifier that follows, if our own library is available ({@link NormalisedMaps}).
 *
 * @since 0.1.0
 */
public abstract class BatchNorm extends Layer {
    private final double epsilon;
    private final Tensor weight;
    private final Tensor bias;
    private final Tensor runningMean;
    private final Tensor runningVariance;
    private final List<TensorOptional> arguments;
    private final Tensor batchesTracked;
    private final Scalar one = own(new Scalar(1));
    private BatchNormalisation shared;
    private boolean partsAllowed;
    private double momentum;

    BatchNorm(String typeName, BatchNormBuilder<?, ?> options) {
        super(typeName);
        epsilon = options.epsilon;
        momentum = options.momentum;
        weight = options.affine ? parameter("weight", ones(options.channels)) : null;
        bias = options.affine ? parameter("bias", zeros(options.channels)) : null;
        runningMean = options.statistics ? buffer("running_mean", zeros(options.channels)) : null;
        runningVariance = options.statistics ? buffer("running_var", ones(options.channels)) : null;
        arguments = Stream.of(argument(weight), argument(bias), argument(runningMean), argument(runningVariance))
                .map(this::own)
                .toList();
        try (Tensor zero = zeros(new long[0])) {
            batchesTracked = options.statistics ? buffer("num_batches_tracked", zero.to(ScalarType.Long)) : null;
        }
    }

    /** Sets how training batches are normalised, such as with the statistics of all ranks instead of the batch's own; the layer keeps its names and state. */
    public final void normaliseBy(BatchNormalisation normalisation) {
        if (weight == null || runningMean == null) {
            throw new Ascend4jException(
                    "a batch norm over several ranks expects weights and running statistics, found a " + typeName()
                            + " without: set affine and trackRunningStatistics");
        }
        shared = normalisation;
    }

    /** Returns the value that is added to the variance. */
    public final double epsilon() {
        return epsilon;
    }

    /** Returns the weight of a batch's statistics in the update of the running ones. */
    public final double momentum() {
        return momentum;
    }

    /** Sets the weight of a batch's statistics in the update of the running ones. */
    public final void setMomentum(double value) {
        momentum = value;
    }

    /** Sets whether copies of the network may train on parts of a batch, each normalised with its own statistics: ghost batch norm; not allowed by default. */
    public final void allowParts(boolean allowed) {
        partsAllowed = allowed;
    }

    @Override
    public Optional<String> batchDependence() {
        return partsAllowed
                ? Optional.empty()
                : Optional.of("batch normalisation, whose statistics are the whole batch's");
    }

    @Override
    protected final Tensor compute(Tensor input) {
        countBatch();
        return normalise(input, arguments);
    }

    /** Counts a training batch, as {@link #forward} does; for callers of {@link #forwardWith}. */
    public final void countBatch() {
        if (batchesTracked != null && is_training()) {
            batchesTracked.add_(one);
        }
    }

    /**
     * Returns whether {@link NormalisedMaps} may compute this batch: in the economical form, in training, with the statistics of the batch alone, unless an observer
     * expects the results of single layers.
     */
    public final boolean takesRectifier(Tensor input) {
        return economises()
                && is_training()
                && shared == null
                && weight != null
                && runningMean != null
                && !hasObserver()
                && input.numel() > input.size(1)
                && weight.scalar_type().intern() == ScalarType.Float
                && ChannelsLastMaps.supports(input);
    }

    /** Computes the rectified output; the caller owns the result. */
    public final Tensor forwardRectified(Tensor input) {
        if (!takesRectifier(input)) {
            Tensor output = forward(input);
            output.relu_();
            return output;
        }
        countBatch();
        try (TensorVector norm = new TensorVector(weight, bias, runningMean, runningVariance);
                TensorVector whole = NormalisedMaps.split(input, norm, momentum, epsilon, input.size(1))) {
            // The element belongs to the vector.
            return new Tensor(whole.get(0));
        }
    }

    /** Computes with the given tensors instead of the layer's own, such as the joined tensors of several layers; the caller owns the result. */
    public final Tensor forwardWith(Tensor input, Tensor scale, Tensor shift, Tensor mean, Tensor variance) {
        try (TensorOptional scaleArgument = argument(scale);
                TensorOptional shiftArgument = argument(shift);
                TensorOptional meanArgument = argument(mean);
                TensorOptional varianceArgument = argument(variance)) {
            return normalise(input, List.of(scaleArgument, shiftArgument, meanArgument, varianceArgument));
        }
    }

    private Tensor normalise(Tensor input, List<TensorOptional> tensors) {
        TensorOptional scale = tensors.get(0);
        TensorOptional shift = tensors.get(1);
        TensorOptional mean = tensors.get(2);
        TensorOptional variance = tensors.get(3);
        if (shared != null && is_training()) {
            return shared.normalise(input, scale.get(), shift.get(), mean.get(), variance.get(), momentum, epsilon);
        }
        boolean byBatch = is_training() || runningMean == null;
        // torch's operator would store a NaN variance in the running statistics.
        if (byBatch && input.numel() == input.size(1)) {
            throw new Ascend4jException(
                    "batch norm expects more than 1 value per channel in training, found an input of "
                            + Extents.format(input.shape()) + "; set a larger batch");
        }
        return batch_norm(input, scale, shift, mean, variance, byBatch, momentum, epsilon, true);
    }

    /** Returns the factor of each channel, or null if the layer is not affine. */
    public final Tensor weight() {
        return weight;
    }

    /** Returns the bias of each channel, or null if the layer is not affine. */
    public final Tensor bias() {
        return bias;
    }

    /** Returns the mean of each channel that evaluation uses, or null if none is tracked. */
    public final Tensor runningMean() {
        return runningMean;
    }

    /** Returns the variance of each channel that evaluation uses, or null if none is tracked. */
    public final Tensor runningVariance() {
        return runningVariance;
    }

    private static TensorOptional argument(Tensor tensor) {
        return tensor == null ? new TensorOptional() : new TensorOptional(tensor);
    }
}
