package org.ascend4j.optim;

import org.ascend4j.device.Layout;
import org.ascend4j.nn.joint.JointTensor;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * The position of one parameter in a flat buffer, counted in elements.
 *
 * @param name its name in the model
 * @param tensor the parameter, as our own handle
 * @param offset where it starts
 * @param end where the next one starts
 * @param shape its shape
 * @param strides its strides inside the buffer
 * @param channelsLast whether the strides are those of channels_last
 * @param joint the tensor that the network computes with instead, or null
 * @param row where it starts in the joint tensor
 */
record FlatParameter(
        String name,
        Tensor tensor,
        long offset,
        long end,
        long[] shape,
        long[] strides,
        boolean channelsLast,
        JointTensor joint,
        long row) {
    static FlatParameter of(String name, Tensor tensor, long offset, Layout layout, JointTensor joint, long row) {
        // The tensor may be a reference into a module's vector, whose elements move when the module grows.
        Tensor handle = new Tensor(tensor).retainReference();
        long[] shape = new long[(int) tensor.dim()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = tensor.size(i);
        }
        boolean channelsLast = layout == Layout.CHANNELS_LAST && shape.length == 4;
        long[] strides = channelsLast ? channelsLastStrides(shape) : contiguousStrides(shape);
        return new FlatParameter(
                name, handle, offset, offset + tensor.numel(), shape, strides, channelsLast, joint, row);
    }

    /** Returns whether autograd has computed a gradient; the rows of a frozen member in a joint gradient do not count. */
    boolean hasGradient() {
        return leaf().grad().defined() && (joint == null || tensor.requires_grad());
    }

    /** Returns autograd's gradient, or the corresponding rows of the joint tensor's gradient. */
    Tensor gradient() {
        Tensor gradient = leaf().grad();
        return joint == null ? gradient : gradient.narrow(0, row, shape[0]);
    }

    void dropGradient() {
        leaf().mutable_grad().reset();
    }

    /** Returns the tensor that receives autograd's gradient: this one, or the joint tensor. */
    Tensor leaf() {
        return joint == null ? tensor : joint.whole();
    }

    Tensor view(Tensor buffer) {
        Tensor part = buffer.narrow(0, offset, end - offset);
        return shape.length == 0 ? part.squeeze(0) : part.as_strided(shape, strides);
    }

    boolean startsJoint() {
        return joint != null && row == 0;
    }

    /** Makes the joint tensor a view of the buffer that starts at this parameter, its first member. */
    void join(Tensor buffer) {
        long[] whole = shape.clone();
        whole[0] = joint.members().stream().mapToLong(member -> member.size(0)).sum();
        joint.join(buffer.as_strided(whole, strides, new LongOptional(buffer.storage_offset() + offset)));
    }

    private static long[] contiguousStrides(long[] shape) {
        long[] strides = new long[shape.length];
        long stride = 1;
        for (int i = shape.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= shape[i];
        }
        return strides;
    }

    private static long[] channelsLastStrides(long[] shape) {
        return new long[] {shape[1] * shape[2] * shape[3], 1, shape[3] * shape[1], shape[1]};
    }
}
