package org.ascend4j.export;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import org.ascend4j.nativelib.trace.OperatorTrace;
import org.ascend4j.nn.ForwardObserver;
import org.ascend4j.nn.Layer;
import org.bytedeco.pytorch.Tensor;

/** Marks in a recording which module of a network computes. */
final class ModuleScopes implements ForwardObserver {
    private final Map<Layer, String> paths = new IdentityHashMap<>();
    private final OperatorTrace recording;
    private final Deque<String> open = new ArrayDeque<>();

    ModuleScopes(Layer network, OperatorTrace recording) {
        network.moduleTree().all().forEach(node -> node.layer()
                .ifPresent(layer -> paths.putIfAbsent(layer, node.path())));
        this.recording = recording;
    }

    @Override
    public void before(Layer layer, Tensor input) {
        open.push(paths.getOrDefault(layer, layer.typeName()));
        recording.scope(open.peek());
    }

    @Override
    public void after(Layer layer, Tensor input, Tensor output) {
        open.pop();
        recording.scope(open.isEmpty() ? "" : open.peek());
    }
}
