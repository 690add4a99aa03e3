package org.ascend4j.nn;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/** Batch normalisations whose inputs are the channels of one tensor, computed as one; equal to the separate ones to rounding. */
public final class BatchNorm2dGroup {
    private final List<BatchNorm2d> members;
    private final List<JointTensor> tensors;

    /** Makes a group of normalisations, which agree in everything but the number of their channels. */
    public BatchNorm2dGroup(List<BatchNorm2d> members) {
        this.members = List.copyOf(members);
        tensors = List.of(
                new JointTensor(members.stream().map(BatchNorm2d::weight).toList()),
                new JointTensor(members.stream().map(BatchNorm2d::bias).toList()),
                new JointTensor(members.stream().map(BatchNorm2d::runningMean).toList()),
                new JointTensor(
                        members.stream().map(BatchNorm2d::runningVariance).toList()));
    }

    /** Returns what has to be joined before {@link #forward} can be used. */
    public List<JointTensor> tensors() {
        return tensors;
    }

    /** Normalises all channels; the caller owns the result. */
    public Tensor forward(Tensor input) {
        members.forEach(BatchNorm2d::countBatch);
        try (TensorOptional weight = new TensorOptional(tensors.get(0).whole());
                TensorOptional bias = new TensorOptional(tensors.get(1).whole());
                TensorOptional mean = new TensorOptional(tensors.get(2).whole());
                TensorOptional variance = new TensorOptional(tensors.get(3).whole())) {
            return members.get(0).normalise(input, weight, bias, mean, variance);
        }
    }
}
