package org.ascend4j.nn;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/**
 * Convolutions of one geometry that read the same input, computed as one: {@code N x in x H x W} to {@code N x (sum of out) x H' x W'}.
 *
 * <p>One launch in place of several, and the input is read once; equal to the separate convolutions to rounding.
 */
public final class Conv2dGroup {
    private final Conv2d first;
    private final JointTensor weight;
    private final JointTensor bias;

    /** Makes a group of convolutions, which agree in everything but the number of their outputs. */
    public Conv2dGroup(List<Conv2d> members) {
        first = members.get(0);
        weight = new JointTensor(members.stream().map(Conv2d::weight).toList());
        bias = first.bias() == null
                ? null
                : new JointTensor(members.stream().map(Conv2d::bias).toList());
    }

    /** Returns what has to be joined before {@link #forward} can be used. */
    public List<JointTensor> tensors() {
        return bias == null ? List.of(weight) : List.of(weight, bias);
    }

    /** Says whether the weights lie together. */
    public boolean joined() {
        return weight.whole() != null;
    }

    /** Computes all convolutions; the caller owns the result, whose channels are in the members' order. */
    public Tensor forward(Tensor input) {
        if (bias == null) {
            return first.convolve(input, weight.whole(), null);
        }
        try (TensorOptional biases = new TensorOptional(bias.whole())) {
            return first.convolve(input, weight.whole(), biases);
        }
    }
}
