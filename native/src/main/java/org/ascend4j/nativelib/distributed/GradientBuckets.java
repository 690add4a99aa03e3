package org.ascend4j.nativelib.distributed;

import java.util.List;
import org.ascend4j.nativelib.NativeLibrary;
import org.bytedeco.pytorch.Tensor;

/**
 * Sums the gradients of a model over the ranks of a group, in buckets that set off while the backward pass is still running, each when the last of its
 * gradients has been accumulated; torch's DistributedDataParallel does the same.
 *
 * <p>All ranks make it with equal leaves. Buckets set off in their order on every rank.
 *
 * @see <a href="https://arxiv.org/abs/2006.15704">Li et al., PyTorch Distributed, 2020</a>
 */
public final class GradientBuckets implements AutoCloseable {
    private final org.ascend4j.nativelib.jni.GradientBuckets buckets;

    /**
     * Watches the leaves' gradients from now on.
     *
     * @param group the name of the ranks' process group
     * @param values the flat buffer that the leaves are views of
     * @param gradients a buffer as long, which takes the sums at the leaves' places
     * @param leaves the buckets in the order in which they set off, each of neighbours in the order of the buffer
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

    /** Lets the next backward pass set the buckets off. */
    public void arm() {
        buckets.arm();
    }

    /** Sets off what the backward pass has left, all of it without {@link #arm}, and waits for the sums; leaves without a gradient give zeros. */
    public void finish() {
        buckets.finish();
    }

    /** Lets the leaves go. */
    @Override
    public void close() {
        buckets.close();
    }
}
