package org.ascend4j.nn.joint;

import java.util.List;
import org.ascend4j.nn.BatchNorm2d;
import org.bytedeco.pytorch.Tensor;

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

    /** Normalises all channels; the caller owns the result. */
    Tensor forward(Tensor input) {
        members.forEach(BatchNorm2d::countBatch);
        return members.get(0)
                .forwardWith(
                        input,
                        tensors.get(0).whole(),
                        tensors.get(1).whole(),
                        tensors.get(2).whole(),
                        tensors.get(3).whole());
    }
}
