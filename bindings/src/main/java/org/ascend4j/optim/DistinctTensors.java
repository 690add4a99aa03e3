package org.ascend4j.optim;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorImpl;

/** Distinguishes tensors by their identity in torch: two names, or two Java handles, may refer to the same tensor. */
final class DistinctTensors {
    private DistinctTensors() {}

    /** Returns each tensor once, under the first of its names. */
    static Map<String, Tensor> of(Map<String, Tensor> named) {
        Map<Long, String> seen = new LinkedHashMap<>();
        Map<String, Tensor> distinct = new LinkedHashMap<>();
        named.forEach((name, tensor) -> {
            if (seen.putIfAbsent(identity(tensor), name) == null) {
                distinct.put(name, tensor);
            }
        });
        return distinct;
    }

    /** Returns a value that is equal exactly for handles of the same tensor. */
    static long identity(Tensor tensor) {
        try (TensorImpl impl = tensor.unsafeGetTensorImpl()) {
            return impl.address();
        }
    }
}
