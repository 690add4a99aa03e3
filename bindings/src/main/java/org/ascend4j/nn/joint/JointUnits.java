package org.ascend4j.nn.joint;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/**
 * Units that read the same input, computed as one convolution, one normalisation and one rectifier.
 *
 * @since 0.1.0
 */
public final class JointUnits {
    private final Conv2dGroup convolutions;
    private final BatchNorm2dGroup norms;
    private final long[] widths;

    /** Creates a group of units, which must agree in everything but the number of their outputs. */
    public JointUnits(ConvUnit... units) {
        List<ConvUnit> all = List.of(units);
        convolutions = new Conv2dGroup(all.stream().map(ConvUnit::convolution).toList());
        norms = units[0].norm() == null
                ? null
                : new BatchNorm2dGroup(all.stream().map(ConvUnit::norm).toList());
        widths = all.stream()
                .mapToLong(unit -> unit.convolution().weight().size(0))
                .toArray();
    }

    /** Returns the tensors to join before {@link #forward} can be used. */
    public List<JointTensor> tensors() {
        List<JointTensor> tensors = new ArrayList<>(convolutions.tensors());
        if (norms != null) {
            tensors.addAll(norms.tensors());
        }
        return tensors;
    }

    /** Returns whether the weights are joined. */
    public boolean joined() {
        return convolutions.joined();
    }

    /** Computes the units; the caller owns the vector, which holds each unit's output. */
    public TensorVector forward(Tensor input) {
        try (Tensor output = convolutions.forward(input)) {
            return norms == null ? RectifiedChannels.split(output, widths) : norms.forwardRectified(output, widths);
        }
    }
}
