package org.ascend4j.state;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ascend4j.Ascend4jException;
import org.ascend4j.Printable;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Named tensors in the order of Python's {@code state_dict()}: parameters and buffers of a module tree, or optimiser state.
 *
 * @since 0.1.0
 */
public final class StateDict {
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    /** Adds or replaces an entry. */
    public StateDict put(String name, Tensor tensor) {
        tensors.put(name, tensor);
        return this;
    }

    /** Returns the entry, or null if there is none. */
    public Tensor get(String name) {
        return tensors.get(name);
    }

    /**
     * Returns an entry of a state that was read from a file, after checking its shape and type.
     *
     * @param owner the owner of the state, for messages
     * @param shape the shape it must have
     * @param type the required type; any floating-point type is accepted in place of another
     * @throws Ascend4jException naming the entry, the expectation and what was found
     */
    public Tensor require(String owner, String name, long[] shape, ScalarType type) {
        Tensor tensor = get(name);
        String entry = owner + " state " + Printable.of(name) + " expects ";
        if (tensor == null) {
            throw new Ascend4jException(owner + " state expects " + Printable.of(name) + ", found none of that name");
        }
        if (!Arrays.equals(shape, tensor.shape())) {
            throw new Ascend4jException(
                    entry + "shape " + Arrays.toString(shape) + ", found " + Arrays.toString(tensor.shape()));
        }
        // The presets return enumeration values that are not the enumeration's constants.
        ScalarType found = tensor.scalar_type().intern();
        if (found != type.intern() && !(tensor.is_floating_point() && torch.isFloatingType(type))) {
            throw new Ascend4jException(entry + "values of type " + type + ", found " + found);
        }
        return tensor;
    }

    /** Returns all entries as an unmodifiable map, in order. */
    public Map<String, Tensor> entries() {
        return Collections.unmodifiableMap(tensors);
    }
}
