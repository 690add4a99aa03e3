package org.ascend4j.nn.joint;

import java.util.List;
import org.ascend4j.nn.Layer;

/** A layer that computes with tensors of layers below it as one where they are joined. */
public abstract class JointLayer extends Layer {
    private List<JointTensor> joints = List.of();

    /** Names the layer's type. */
    protected JointLayer(String typeName) {
        super(typeName);
    }

    /** Says what can be joined; this layer owns it. */
    protected final void joint(List<JointTensor> tensors) {
        joints = List.copyOf(tensors);
    }

    /** Returns the tensors of a tree that can be joined; the layers own them. */
    public static List<JointTensor> tensorsOf(Layer root) {
        return root.tree().stream()
                .filter(JointLayer.class::isInstance)
                .flatMap(layer -> ((JointLayer) layer).joints.stream())
                .toList();
    }

    @Override
    public void close() {
        joints.forEach(JointTensor::close);
        super.close();
    }
}
