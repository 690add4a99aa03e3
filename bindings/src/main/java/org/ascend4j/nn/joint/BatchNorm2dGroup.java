package org.ascend4j.nn.joint;

import java.util.List;
import org.ascend4j.nativelib.nn.NormalisedMaps;
import org.ascend4j.nn.BatchNorm2d;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/** Batch normalisations whose inputs are the channels of one tensor, computed as one; the results equal the separate ones except for rounding. */
final class BatchNorm2dGroup {
    private final List<BatchNorm2d> members;
    private final List<JointTensor> tensors;

    /** Creates a group of normalisations, which must agree in everything but the number of their channels. */
    BatchNorm2dGroup(List<BatchNorm2d> members) {
        this.members = List.copyOf(members);
        tensors = List.of(
                new JointTensor(members.stream().map(BatchNorm2d::weight).toList()),
                new JointTensor(members.stream().map(BatchNorm2d::bias).toList()),
                new JointTensor(members.stream().map(BatchNorm2d::runningMean).toList()),
                new JointTensor(
                        members.stream().map(BatchNorm2d::runningVariance).toList()));
    }

    /** Returns the tensors to join before {@link #forward} can be used. */
    List<JointTensor> tensors() {
        return tensors;
    }

    /** Normalises and rectifies all channels, and returns them in parts of these widths; the caller owns the vector. */
    TensorVector forwardRectified(Tensor input, long... widths) {
        members.forEach(BatchNorm2d::countBatch);
        BatchNorm2d common = members.get(0);
        if (common.takesRectifier(input)) {
            try (TensorVector norm = new TensorVector(wholes())) {
                return NormalisedMaps.split(input, norm, common.momentum(), common.epsilon(), widths);
            }
        }
        Tensor[] whole = wholes();
        try (Tensor normalised = common.forwardWith(input, whole[0], whole[1], whole[2], whole[3])) {
            return RectifiedChannels.split(normalised, widths);
        }
    }

    private Tensor[] wholes() {
        return tensors.stream().map(JointTensor::whole).toArray(Tensor[]::new);
    }
}
