package org.ascend4j.state;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** Named tensors in the order of Python's {@code state_dict()}: parameters and buffers of a module tree, or optimiser state. */
public final class StateDict {
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    /** Adds or replaces an entry. */
    public StateDict put(String name, Tensor tensor) {
        tensors.put(name, tensor);
        return this;
    }

    /** Returns the entry, or null when there is none. */
    public Tensor get(String name) {
        return tensors.get(name);
    }

    /** Returns all entries, unmodifiable, in order. */
    public Map<String, Tensor> entries() {
        return Collections.unmodifiableMap(tensors);
    }
}
