package org.ascend4j.state;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ascend4j.Printable;
import org.ascend4j.pickle.PickleException;
import org.ascend4j.pickle.PickledDict;

/** Finds the state dict in the object of a torch file: the dict itself, or the weights in a checkpoint of one of the usual kinds. */
final class TorchObject {
    /** The keys under which checkpoints keep weights; averaged weights are used if there are no others. */
    private static final List<String> WRAPPERS = List.of(
            "state_dict",
            "model_state_dict",
            "model",
            "net",
            "params",
            "ema",
            "model_ema",
            "state_dict_ema",
            "ema_state_dict",
            "params_ema");

    private static final String LIGHTNING = "pytorch-lightning_version";
    private static final String LIGHTNING_PREFIX = "model.";

    private TorchObject() {}

    /**
     * Returns the tensors by name.
     *
     * @throws PickleException if there are none
     */
    static Map<String, StridedTensor> stateDict(Object root) {
        if (!(root instanceof PickledDict dict)) {
            throw new PickleException("it holds no dict");
        }
        Map<String, StridedTensor> tensors = null;
        for (String wrapper : WRAPPERS) {
            if (tensors == null
                    && dict.get(wrapper) instanceof PickledDict inner
                    && !tensors(inner).isEmpty()) {
                tensors = tensors(inner);
            }
        }
        if (tensors == null) {
            tensors = tensors(dict);
        }
        if (tensors.isEmpty() && !dict.entries().isEmpty()) {
            throw new PickleException(
                    "it holds no tensors but " + Printable.listOf(dict.entries().keySet()));
        }
        return dict.get(LIGHTNING) == null ? tensors : StateNames.withoutPrefix(tensors, LIGHTNING_PREFIX);
    }

    private static Map<String, StridedTensor> tensors(PickledDict dict) {
        Map<String, StridedTensor> tensors = new LinkedHashMap<>();
        dict.entries().forEach((name, value) -> {
            if (value instanceof StridedTensor tensor && tensors.put(String.valueOf(name), tensor) != null) {
                throw new PickleException("it holds the name " + Printable.of(name) + " twice");
            }
        });
        return tensors;
    }
}
