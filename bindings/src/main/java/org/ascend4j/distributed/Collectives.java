package org.ascend4j.distributed;

import java.util.ArrayList;
import java.util.List;
import org.ascend4j.dispatch.BoxedOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** The collectives of one process group, in place, by torch's functional operators. */
final class Collectives {
    /** Small enough for several to be under way, large enough not to count messages: 8 MiB of fp32. */
    private static final long BUCKET = 1 << 21;

    private static final int MOST_BUCKETS = 8;

    private final String group;
    private final BoxedOperator allReduce = new BoxedOperator("_c10d_functional::all_reduce_", "");
    private final BoxedOperator broadcast = new BoxedOperator("_c10d_functional::broadcast_", "");
    private final BoxedOperator wait = new BoxedOperator("_c10d_functional::wait_tensor", "");

    Collectives(String group) {
        this.group = group;
    }

    void sum(List<Tensor> tensors) {
        try (PointerScope scope = new PointerScope()) {
            List<Tensor> buckets = buckets(tensors);
            buckets.forEach(bucket -> allReduce.call(bucket, "sum", group));
            buckets.forEach(wait::call);
        }
    }

    private static List<Tensor> buckets(List<Tensor> tensors) {
        long total = tensors.stream().mapToLong(Tensor::numel).sum();
        long largest = Math.max(BUCKET, (total + MOST_BUCKETS - 1) / MOST_BUCKETS);
        List<Tensor> buckets = new ArrayList<>();
        for (Tensor tensor : tensors) {
            long length = tensor.numel();
            if (length <= largest) {
                buckets.add(tensor);
                continue;
            }
            for (long start = 0; start < length; start += largest) {
                buckets.add(tensor.narrow(0, start, Math.min(largest, length - start)));
            }
        }
        return buckets;
    }

    void broadcast(Tensor tensor) {
        broadcast.call(tensor, 0L, group);
        wait.call(tensor);
    }
}
