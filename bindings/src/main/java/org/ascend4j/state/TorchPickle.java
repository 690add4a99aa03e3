package org.ascend4j.state;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.ascend4j.pickle.NumpyValues;
import org.ascend4j.pickle.PickleContext;
import org.ascend4j.pickle.PickleException;
import org.ascend4j.pickle.PickledDict;
import org.ascend4j.pickle.PickledList;
import org.ascend4j.pickle.PickledObject;

/**
 * The classes and functions of a torch file: tensors become descriptions of the location of their elements ({@link StridedTensor}); a few plain values that
 * occur beside them in checkpoints are supported as well. Everything else is rejected by name, so that a file cannot run code.
 */
final class TorchPickle implements PickleContext {
    private static final String UTILS = "torch._utils.";
    private static final int STORAGE_FIELDS = 5;
    /** The limit for pairs: a list may be referenced many times, and each use creates a dict. */
    private static final int MOST_PAIRS = 1 << 20;

    private static final Map<String, Constructor> FUNCTIONS = Map.ofEntries(
            Map.entry("collections.defaultdict", arguments -> new PickledDict()),
            Map.entry("set", arguments -> arguments.list(0)),
            Map.entry("list", arguments -> new PickledList()),
            Map.entry("dict", arguments -> new PickledDict()),
            Map.entry("collections.Counter", arguments -> arguments.get(0)),
            Map.entry("argparse.Namespace", arguments -> new PickledObject("namespace")),
            Map.entry("torch.Size", arguments -> arguments.list(0)),
            Map.entry("torch.device", arguments -> new PickledObject("device")),
            Map.entry("torch_npu.npu._format.Format", arguments -> new PickledObject("format")),
            Map.entry(UTILS + "_rebuild_tensor", TorchPickle::tensor),
            Map.entry(UTILS + "_rebuild_tensor_v2", TorchPickle::tensor),
            Map.entry(UTILS + "_rebuild_tensor_v3", TorchPickle::tensorOfAnotherType),
            // Its seventh argument is the layout of the elements on the device, which the saved elements do not have.
            Map.entry("torch_npu.utils.storage._rebuild_npu_tensor", TorchPickle::tensor),
            Map.entry(UTILS + "_rebuild_parameter", TorchPickle::firstTensor),
            Map.entry(UTILS + "_rebuild_parameter_with_state", TorchPickle::firstTensor),
            Map.entry(UTILS + "_rebuild_device_tensor_from_cpu_tensor", TorchPickle::tensorOfItsType),
            Map.entry("torch._tensor._rebuild_from_type_v2", TorchPickle::tensorOfSubclass));

    /** Tensors without their own strided elements in the file, by function name, with the description for the error. */
    private static final Map<String, String> OTHER_TENSORS = Map.of(
            "_rebuild_sparse_tensor", "a sparse tensor",
            "_rebuild_sparse_csr_tensor", "a sparse tensor",
            "_rebuild_nested_tensor", "a nested tensor",
            "_rebuild_qtensor", "a quantised tensor",
            "_rebuild_meta_tensor_no_storage", "a tensor of the device meta, which has no values",
            "_rebuild_device_tensor_from_numpy", "a tensor that is kept as an array of numpy",
            "_rebuild_xla_tensor", "a tensor that is kept as an array of numpy");

    private final Map<String, Storage> storages = new HashMap<>();
    private long pairs;

    @Override
    public Object global(String module, String name) {
        if (module.equals("collections") && name.equals("OrderedDict")) {
            return (Constructor) this::orderedDict;
        }
        // Functions of Python 2's module __builtin__ are listed without a module name.
        Constructor function = FUNCTIONS.get(module.matches("__builtin__|builtins") ? name : module + "." + name);
        if (function != null) {
            return function;
        }
        if (module.equals("torch._utils") && OTHER_TENSORS.containsKey(name)) {
            throw new PickleException("it holds " + OTHER_TENSORS.get(name));
        }
        if (module.equals("torch") || module.equals("torch.cuda") || module.equals("torch.storage")) {
            Optional<ElementType> type = ElementType.inPython(name.equals("UntypedStorage") ? "uint8" : name);
            if (type.isPresent()) {
                return type.get();
            }
        }
        if (module.equals("torch") && name.equals("Tensor")
                || module.startsWith("torch.nn.parameter") && name.matches("Parameter|Buffer")) {
            return new PickledObject("type");
        }
        return NumpyValues.find(module, name).orElseThrow(() -> PickleException.unknown(module, name));
    }

    /** Resolves ('storage', type, key, location, elements) and, in the legacy format, a view of it: None or (key, first, count). */
    @Override
    public Object persistent(Object id) {
        if (!(id instanceof PickledList fields
                && fields.size() >= STORAGE_FIELDS
                && fields.text(0).equals("storage"))) {
            throw new PickleException("it holds a persistent object other than a storage");
        }
        ElementType type = fields.value(1, ElementType.class, "the type of a storage");
        String key = fields.text(2);
        if (fields.text(3).equals("meta")) {
            throw new PickleException("it holds " + OTHER_TENSORS.get("_rebuild_meta_tensor_no_storage"));
        }
        long elements = fields.integer(4);
        Storage whole = Storage.whole(key, type, elements);
        if (!storages.computeIfAbsent(key, absent -> whole).equals(whole)) {
            throw new PickleException("it holds two storages of one name");
        }
        if (fields.size() > STORAGE_FIELDS && fields.get(STORAGE_FIELDS) instanceof PickledList view) {
            return new Storage(key, type, elements, view.integer(1), view.integer(2));
        }
        return whole;
    }

    /** Returns the whole storage with a name that the pickle has used; null if it has not. */
    Storage storage(String key) {
        return storages.get(key);
    }

    /** Rebuilds an empty dict, or a dict from Python 2's list of pairs. */
    private PickledDict orderedDict(PickledList arguments) {
        PickledDict dict = new PickledDict();
        if (arguments.size() == 0) {
            return dict;
        }
        PickledList items = arguments.list(0);
        pairs += items.size();
        if (pairs > MOST_PAIRS) {
            throw new PickleException("it holds more than " + MOST_PAIRS + " entries in dicts of Python 2");
        }
        for (int i = 0; i < items.size(); i++) {
            dict.put(items.list(i).get(0), items.list(i).get(1));
        }
        return dict;
    }

    /** Rebuilds (storage, offset, shape, strides, requires_grad, hooks); old files have only the first four. */
    private static StridedTensor tensor(PickledList arguments) {
        Storage storage = arguments.value(0, Storage.class, "a storage");
        return new StridedTensor(
                storage,
                storage.type(),
                arguments.integer(1),
                arguments.list(2).integers(StridedTensor.MOST_DIMENSIONS),
                arguments.list(3).integers(StridedTensor.MOST_DIMENSIONS));
    }

    /** Rebuilds (storage, offset, shape, strides, requires_grad, hooks, type), in which the storage's size is in bytes. */
    private static StridedTensor tensorOfAnotherType(PickledList arguments) {
        return new StridedTensor(
                arguments.value(0, Storage.class, "a storage"),
                arguments.value(6, ElementType.class, "a type of elements"),
                arguments.integer(1),
                arguments.list(2).integers(StridedTensor.MOST_DIMENSIONS),
                arguments.list(3).integers(StridedTensor.MOST_DIMENSIONS));
    }

    /** Rebuilds (tensor, ...). */
    private static StridedTensor firstTensor(PickledList arguments) {
        return arguments.value(0, StridedTensor.class, "a tensor");
    }

    /** Rebuilds (tensor, type, device, requires_grad). */
    private static StridedTensor tensorOfItsType(PickledList arguments) {
        StridedTensor tensor = firstTensor(arguments);
        if (tensor.type() != arguments.get(1)) {
            throw new PickleException("it holds a tensor of another type than its elements");
        }
        return tensor;
    }

    /** Rebuilds (function, type, arguments, state), a tensor with Python attributes. */
    private static Object tensorOfSubclass(PickledList arguments) {
        return arguments.value(0, Constructor.class, "a function").call(arguments.list(2));
    }
}
