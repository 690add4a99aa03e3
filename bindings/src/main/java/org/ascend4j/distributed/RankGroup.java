package org.ascend4j.distributed;

import java.time.Duration;
import java.util.List;
import org.ascend4j.Ascend4jException;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.nn.Layer;
import org.ascend4j.optim.FlatParameters;
import org.ascend4j.optim.Optimizer;
import org.bytedeco.pytorch.Tensor;

/**
 * The processes that train one model together; every rank makes the same calls in the same order, from one thread.
 *
 * <p>Tensors travel by the device's own collectives (gloo for the CPU, HCCL for NPUs, NCCL for GPUs), single numbers by gloo on the host. A rank that does not answer ends a
 * call with a {@link PeerLostException}, at the latest after the group's time-out; what fails on this rank, with another {@link Ascend4jException}.
 */
public interface RankGroup extends AutoCloseable {
    /** Returns a group of one process, which needs no native library. */
    static RankGroup alone() {
        return new LoneRank();
    }

    /**
     * Connects this process with the other ranks; returns when all are there.
     *
     * @param device this rank's device, on which the tensors will be
     * @param timeout of connecting and of every later call
     * @throws Ascend4jException if others stay away, or the JNI library that this needs is not part of the build
     */
    static RankGroup join(Rank rank, DeviceBackend device, Duration timeout) {
        return rank.size() == 1 ? alone() : C10dGroup.join(rank, device, timeout);
    }

    /** Returns which rank this process is. */
    Rank rank();

    /** Returns how many ranks there are. */
    default int size() {
        return rank().size();
    }

    /** Prepares the sums over all ranks of these parameters' gradients; the caller closes it before the parameters. */
    GradientSum gradientSum(FlatParameters parameters);

    /** Prepares the sums over all ranks of an optimiser's gradients; the caller closes it before the optimiser. */
    default GradientSum gradientSum(Optimizer optimizer) {
        List<GradientSum> parts = optimizer.groups().stream()
                .map(group -> gradientSum(group.parameters()))
                .toList();
        return parts.size() == 1 ? parts.get(0) : new GradientSums(parts);
    }

    /** Lets the batch norms of a model normalise over the images of all ranks (torch.nn.SyncBatchNorm); {@link #backward} is then the way back. */
    void synchronise(Layer model);

    /** Runs a backward pass in which ranks may wait for one another. */
    void backward(Tensor loss);

    /** Replaces a contiguous tensor, on the device or on the host, by that of rank 0. */
    void broadcast(Tensor tensor);

    /** Returns the sums over all ranks of numbers on the host, the same bits on every rank. */
    double[] sum(double... values);

    /** Returns the tensors on the host that all ranks passed, of equal size and type, as rows by rank. */
    Tensor gather(Tensor tensor);

    /** Returns what rank 0 passed, on all ranks; the others' argument is ignored. */
    String share(String text);

    /** Refuses to go on when the bits of a tensor differ between ranks. */
    void requireEqual(String what, Tensor tensor);

    /** Says that this rank has done all its work: its end is no loss to ranks on other nodes. */
    void done();

    @Override
    void close();
}
