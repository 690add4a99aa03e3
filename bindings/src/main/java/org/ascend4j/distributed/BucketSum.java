package org.ascend4j.distributed;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.ascend4j.nativelib.distributed.GradientBuckets;
import org.ascend4j.optim.FlatParameters;
import org.bytedeco.pytorch.Tensor;

/** Sums gradients in a few buckets, the last layers' bucket first, because a backward pass computes their gradients first. */
final class BucketSum implements GradientSum {
    /** The smallest bucket, 1 MiB of fp32: large enough for the latency of a message to be negligible. */
    private static final long SMALLEST = 1 << 18;

    private static final int MOST = 8;

    private final FlatParameters parameters;
    private final GradientBuckets buckets;
    private final Consumer<Runnable> checked;

    /**
     * Prepares the sums.
     *
     * @param group the name of the ranks' process group
     * @param checked runs a collective and determines the cause of a failure, a lost rank or another cause
     */
    BucketSum(String group, FlatParameters parameters, Consumer<Runnable> checked) {
        this.parameters = parameters;
        this.checked = checked;
        buckets = new GradientBuckets(
                group, parameters.values(), parameters.gradients(), split(parameters.leaves(), Tensor::numel));
    }

    /** Splits a list of neighbours into at most eight parts, from the end to the beginning; only the last part may be small. */
    static <T> List<List<T>> split(List<T> items, ToLongFunction<T> size) {
        long total = items.stream().mapToLong(size).sum();
        long enough = Math.max(SMALLEST, (total + MOST - 1) / MOST);
        List<List<T>> parts = new ArrayList<>();
        List<T> part = new ArrayList<>();
        long length = 0;
        for (int i = items.size() - 1; i >= 0; i--) {
            part.add(items.get(i));
            length += size.applyAsLong(items.get(i));
            if (length >= enough || i == 0) {
                Collections.reverse(part);
                parts.add(part);
                part = new ArrayList<>();
                length = 0;
            }
        }
        return parts;
    }

    @Override
    public void overlap() {
        buckets.arm();
    }

    @Override
    public void finish() {
        checked.accept(buckets::finish);
        parameters.gradientsPacked();
    }

    @Override
    public void pack() {
        buckets.pack();
        parameters.gradientsPacked();
    }

    @Override
    public void sumPacked() {
        checked.accept(buckets::sum);
    }

    @Override
    public void close() {
        buckets.close();
    }
}
