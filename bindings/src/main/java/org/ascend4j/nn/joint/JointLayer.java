package org.ascend4j.nn.joint;

import java.util.List;
import org.ascend4j.nn.Layer;

/**
 * A layer that can compute with the joined tensors of its descendants as one tensor.
 *
 * @since 0.1.0
 */
public abstract class JointLayer extends Layer {
    private List<JointTensor> joints = List.of();

    /** Creates a layer with the name of its type. */
    protected JointLayer(String typeName) {
        super(typeName);
    }

    /** Sets the tensors that can be joined; this layer takes ownership. */
    protected final void joint(List<JointTensor> tensors) {
        joints = List.copyOf(tensors);
    }

    /** Returns the tensors of a tree that can be joined; the layers keep ownership. */
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
