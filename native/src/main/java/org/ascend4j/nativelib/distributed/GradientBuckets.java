package org.ascend4j.nativelib.distributed;

import java.util.List;
import org.ascend4j.nativelib.NativeLibrary;
import org.bytedeco.pytorch.Tensor;

/**
 * Sums the gradients of a model over the ranks of a group, in buckets that start while the backward pass is still running, each when the last of its gradients
 * has been accumulated; torch's DistributedDataParallel does the same.
 *
 * <p>All ranks must create it with equal leaves. Buckets start in the same order on every rank.
 *
 * @see <a href="https://arxiv.org/abs/2006.15704">Li et al., PyTorch Distributed, 2020</a>
 */
public final class GradientBuckets implements AutoCloseable {
    private final org.ascend4j.nativelib.jni.GradientBuckets buckets;

    /**
     * Starts observing the leaves' gradients.
     *
     * @param group the name of the ranks' process group
     * @param values the flat buffer that the leaves are views of
     * @param gradients a buffer of the same length, which receives the sums at the leaves' positions
     * @param leaves the buckets in the order in which they start; each contains adjacent leaves in the order of the buffer
     */
    public GradientBuckets(String group, Tensor values, Tensor gradients, List<List<Tensor>> leaves) {
        NativeLibrary.load();
        buckets = new org.ascend4j.nativelib.jni.GradientBuckets(group, values, gradients);
        buckets.retainReference();
        try {
            for (List<Tensor> bucket : leaves) {
                for (int i = 0; i < bucket.size(); i++) {
                    buckets.add(bucket.get(i), i == 0);
                }
            }
        } catch (RuntimeException e) {
            buckets.close();
            throw e;
        }
    }

    /** Enables the next backward pass to start the buckets. */
    public void arm() {
        buckets.arm();
    }

    /**
     * Starts the buckets that the backward pass has not started (all of them without {@link #arm}), and waits for the sums; a leaf without a gradient
     * contributes zeros.
     */
    public void finish() {
        buckets.finish();
    }

    /** Copies the gradients to the buffer for {@link #sum}, with zeros for a leaf without a gradient. A recorded step contains this and not the sums. */
    public void pack() {
        buckets.pack();
    }

    /** Sums the packed gradients, in the same buckets as {@link #finish}, and waits. */
    public void sum() {
        buckets.sum();
    }

    /** Stops observing the leaves and releases them. */
    @Override
    public void close() {
        buckets.close();
    }
}
