package org.ascend4j.nn.joint;

import java.util.List;
import org.ascend4j.nn.Conv2d;
import org.bytedeco.pytorch.Tensor;

/**
 * Convolutions with the same geometry and input, computed as one: {@code N x in x H x W} to {@code N x (sum of out) x H' x W'}.
 *
 * <p>It needs one launch instead of several and reads the input once; the results equal the separate convolutions except for rounding.
 */
final class Conv2dGroup {
    private final Conv2d first;
    private final JointTensor weight;
    private final JointTensor bias;

    /** Creates a group of convolutions, which must agree in everything but the number of their outputs. */
    Conv2dGroup(List<Conv2d> members) {
        first = members.get(0);
        weight = new JointTensor(members.stream().map(Conv2d::weight).toList());
        bias = first.bias() == null
                ? null
                : new JointTensor(members.stream().map(Conv2d::bias).toList());
    }

    /** Returns the tensors to join before {@link #forward} can be used. */
    List<JointTensor> tensors() {
        return bias == null ? List.of(weight) : List.of(weight, bias);
    }

    /** Returns whether the weights are joined. */
    boolean joined() {
        return weight.whole() != null;
    }

    /** Computes all convolutions; the caller owns the result, whose channels are in the members' order. */
    Tensor forward(Tensor input) {
        return first.forwardWith(input, weight.whole(), bias == null ? null : bias.whole());
    }
}
