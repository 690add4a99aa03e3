package org.ascend4j.distributed;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.ascend4j.Ascend4jException;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.nn.Layer;
import org.ascend4j.optim.FlatParameters;
import org.ascend4j.optim.Optimizer;
import org.bytedeco.pytorch.Tensor;

/**
 * The processes that train one model together; every rank must make the same calls in the same order, from one thread.
 *
 * <p>Tensors are transferred by the device's own collectives (gloo for the CPU, HCCL for NPUs, NCCL for GPUs), single numbers by gloo on the host. If a rank
 * does not respond, a call throws a {@link PeerLostException}, at the latest after the group's time-out; a failure on this rank throws another
 * {@link Ascend4jException}.
 *
 * @since 0.1.0
 */
public interface RankGroup extends AutoCloseable {
    /** Returns a group of one process, which needs no native library. */
    static RankGroup alone() {
        return new LoneRank();
    }

    /**
     * Connects this process with the other ranks; returns when all are connected.
     *
     * @param device this rank's device, which holds the tensors
     * @param timeout the time-out of connecting and of every later call
     * @throws Ascend4jException if other ranks do not connect, or the build lacks the required JNI library
     */
    static RankGroup join(Rank rank, DeviceBackend device, Duration timeout) {
        return rank.size() == 1 ? alone() : C10dGroup.join(rank, device, timeout);
    }

    /** Returns which rank this process is. */
    Rank rank();

    /** Returns the total number of ranks. */
    default int size() {
        return rank().size();
    }

    /** Prepares the summation of these parameters' gradients over all ranks; the caller must close it before the parameters. */
    GradientSum gradientSum(FlatParameters parameters);

    /** Prepares the summation of an optimiser's gradients over all ranks; the caller must close it before the optimiser. */
    default GradientSum gradientSum(Optimizer optimizer) {
        List<GradientSum> parts = optimizer.groups().stream()
                .map(group -> gradientSum(group.parameters()))
                .toList();
        return parts.size() == 1 ? parts.get(0) : new GradientSums(parts);
    }

    /**
     * Makes the batch norms of a model normalise over the images of all ranks (torch.nn.SyncBatchNorm); the backward pass must then run through
     * {@link #backward}.
     */
    void synchronise(Layer model);

    /** Runs a backward pass in which ranks may wait for each other. */
    void backward(Tensor loss);

    /** Replaces a contiguous tensor, on the device or on the host, with that of rank 0. */
    void broadcast(Tensor tensor);

    /**
     * Replaces tensors of any devices, types and strides with those of rank 0, in few broadcasts of flat buffers; every rank must pass tensors of the same
     * shapes and types in the same order.
     */
    default void broadcast(Collection<Tensor> tensors) {
        new FlatBroadcast(this::broadcast).all(tensors);
    }

    /** Returns the sums of host numbers over all ranks, with the same bits on every rank. */
    double[] sum(double... values);

    /** Returns the host tensors of all ranks, which must have equal size and type, as rows in rank order. */
    Tensor gather(Tensor tensor);

    /** Returns rank 0's text on all ranks; the argument of the other ranks is ignored. */
    String share(String text);

    /** Throws an error if the bits of a tensor differ between ranks. */
    void requireEqual(String what, Tensor tensor);

    /** Announces that this rank has finished its work, so that ranks on other nodes do not treat its end as a loss. */
    void done();

    @Override
    void close();
}
