package org.ascend4j.nn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.StringSharedModuleDict;
import org.bytedeco.pytorch.StringSharedModuleDictItem;
import org.bytedeco.pytorch.StringTensorDict;
import org.bytedeco.pytorch.StringTensorDictItem;
import org.bytedeco.pytorch.Tensor;

/** One traversal of torch's registry; tensors and modules are identified by their native addresses. */
final class Registry {
    private final Map<Long, Tensor> handles = new HashMap<>();

    private Registry() {}

    static ModuleNode read(Layer root) {
        try (PointerScope scope = new PointerScope()) {
            return new Registry().node("", root, root, root.typeName());
        }
    }

    /** Returns the address by which torch identifies a tensor; it does not change when the tensor's storage does. */
    static long identity(Tensor tensor) {
        return tensor.unsafeGetTensorImpl().address();
    }

    /** Describes {@code module}; {@code owner}, which keeps the handles, is the module itself or its nearest ancestor that is a layer. */
    private ModuleNode node(String path, Module module, Layer owner, String typeName) {
        return new ModuleNode(
                path,
                typeName,
                module == owner ? Optional.of(owner) : Optional.empty(),
                tensors(module.named_parameters(false), owner),
                tensors(module.named_buffers(false), owner),
                children(path, module, owner));
    }

    private Map<String, Tensor> tensors(StringTensorDict registered, Layer owner) {
        Map<String, Tensor> named = new LinkedHashMap<>();
        for (long i = 0; i < registered.size(); i++) {
            StringTensorDictItem item = registered.get(i);
            Tensor tensor = item.value();
            named.put(item.key().getString(), handles.computeIfAbsent(identity(tensor), id -> owner.handle(tensor)));
        }
        return named;
    }

    private List<ModuleNode> children(String path, Module module, Layer owner) {
        StringSharedModuleDict registered = module.named_children();
        List<ModuleNode> children = new ArrayList<>();
        for (long i = 0; i < registered.size(); i++) {
            StringSharedModuleDictItem item = registered.get(i);
            Module child = item.value();
            String name = item.key().getString();
            String childPath = path.isEmpty() ? name : path + "." + name;
            Layer layer = module == owner ? owner.layerAt(name, child.address()) : null;
            children.add(
                    layer == null
                            ? node(childPath, child, owner, typeName(child))
                            : node(childPath, layer, layer, layer.typeName()));
        }
        return children;
    }

    /** Returns the name of a type, such as {@code LSTM} for {@code torch::nn::LSTMImpl}. */
    private static String typeName(Module module) {
        String name = module.name().getString();
        String simple = name.substring(name.lastIndexOf(':') + 1);
        return simple.endsWith("Impl") ? simple.substring(0, simple.length() - "Impl".length()) : simple;
    }
}
