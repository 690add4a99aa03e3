package org.ascend4j.optim;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.ascend4j.device.Layout;
import org.ascend4j.nn.Layer;
import org.ascend4j.nn.joint.JointLayer;
import org.ascend4j.nn.joint.JointTensor;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/**
 * Parameters in one contiguous buffer of one type on their device; each parameter is a view of it.
 *
 * <p>Create it when the model is on its device; names, shapes and values stay unchanged. An update or a copy of all parameters is then one operator on one
 * tensor instead of one per parameter. Autograd allocates the gradients, because accumulating into prepared views costs a launch per parameter: one {@code cat}
 * gathers them into the flat gradient buffer.
 *
 * @since 0.1.0
 */
public final class FlatParameters implements AutoCloseable {
    private final List<FlatParameter> parameters;
    private final Tensor values;
    private final Layout layout;
    private final List<JointTensor> joints;
    private Tensor gradients;
    private boolean packed;

    /**
     * Moves parameters into a new buffer.
     *
     * @param named leaf tensors on one device with one floating-point type, by name; a tensor with several names is one parameter, under the first
     * @param layout the memory layout of 4-d weights in the buffer
     */
    public FlatParameters(Map<String, Tensor> named, Layout layout) {
        this(named, layout, List.of());
    }

    /**
     * Moves parameters into a new buffer, in which the members of a joint tensor are adjacent, and joins them there.
     *
     * @param named leaf tensors on one device with one floating-point type, by name; a tensor with several names is one parameter, under the first
     * @param layout the memory layout of 4-d weights in the buffer
     * @param joints tensors whose members are among {@code named}; closing this object releases them
     */
    public FlatParameters(Map<String, Tensor> named, Layout layout, List<JointTensor> joints) {
        this.layout = layout;
        this.joints = List.copyOf(joints);
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            parameters = ParameterOrder.of(named, layout, joints);
            Tensor first = parameters.get(0).tensor();
            FlatParameter last = parameters.get(parameters.size() - 1);
            values = first.new_zeros(last.end()).retainReference();
            for (FlatParameter parameter : parameters) {
                Tensor view = parameter.view(values);
                view.copy_(parameter.tensor());
                parameter.tensor().set_data(view);
            }
            parameters.stream().filter(FlatParameter::startsJoint).forEach(parameter -> parameter.join(values));
            followFreezing();
        }
    }

    /**
     * Updates whether joint tensors require gradients. The network computes with a joint tensor instead of its members, so it needs a gradient if one of them
     * does.
     */
    private void followFreezing() {
        for (JointTensor joint : joints) {
            joint.whole().set_requires_grad(joint.requiresGrad());
        }
    }

    /** Moves the parameters of a model, which must be on its device, into a buffer and joins the tensors that the model can compute with as one. */
    public static FlatParameters joining(Layer model, Layout layout) {
        return new FlatParameters(
                model.namedParameters(), layout, joints(JointLayer.tensorsOf(model), model.namedParameters()));
    }

    /** Returns the joint tensors whose members are among the parameters, for a flat buffer to lay out, and joins the others in their current place. */
    static List<JointTensor> joints(List<JointTensor> all, Map<String, Tensor> parameters) {
        Set<Long> known =
                parameters.values().stream().map(DistinctTensors::identity).collect(Collectors.toSet());
        Map<Boolean, List<JointTensor>> byKind = all.stream()
                .collect(Collectors.partitioningBy(joint ->
                        known.contains(DistinctTensors.identity(joint.members().get(0)))));
        byKind.get(false).forEach(JointTensor::join);
        return byKind.get(true);
    }

    /** Returns how many parameters there are. */
    public int size() {
        return parameters.size();
    }

    /** Returns the names in the order of the buffer. */
    public List<String> names() {
        return parameters.stream().map(FlatParameter::name).toList();
    }

    /** Returns the parameter at an index of {@link #names}. */
    public Tensor parameter(int index) {
        return parameters.get(index).tensor();
    }

    /** Returns the tensors that receive autograd's gradients, in the order of the buffer: joint tensors instead of their members. */
    public List<Tensor> leaves() {
        return parameters.stream()
                .filter(parameter -> parameter.joint() == null || parameter.startsJoint())
                .map(FlatParameter::leaf)
                .toList();
    }

    /** Returns the one-dimensional buffer that the parameters are views of; leading alignment padding is zero. */
    public Tensor values() {
        return values;
    }

    /**
     * Returns the gradient buffer, in the order of {@link #values}; it is allocated at the first call, and its content is undefined where no gradient was
     * packed.
     */
    public Tensor gradients() {
        if (gradients == null) {
            gradients = torch.zeros_like(values).retainReference();
        }
        return gradients;
    }

    /** Returns a new buffer of zeros in the shape of {@link #values}; the caller closes it. */
    public Tensor zeros() {
        return torch.zeros_like(values).retainReference();
    }

    /** Returns the view of {@code buffer} that has the shape and strides of a parameter. */
    public Tensor view(Tensor buffer, int index) {
        return parameters.get(index).view(buffer);
    }

    /** Returns the one-dimensional view of {@code buffer} that covers the parameters {@code from} (inclusive) to {@code to} (exclusive). */
    public Tensor range(Tensor buffer, int from, int to) {
        long start = parameters.get(from).offset();
        return buffer.narrow(0, start, parameters.get(to - 1).end() - start);
    }

    /** Returns whether the last backward pass computed a gradient for the parameter. */
    public boolean hasGradient(int index) {
        return parameters.get(index).hasGradient();
    }

    /** Returns the parameter's gradient in the parameter's memory order: autograd's own tensor, or a copy if its strides differ. */
    public Tensor gradient(int index) {
        Tensor gradient = parameters.get(index).gradient();
        boolean channelsLast = parameters.get(index).channelsLast();
        return gradient.contiguous(channelsLast ? MemoryFormat.ChannelsLast : MemoryFormat.Contiguous);
    }

    /** Declares that the caller has filled the gradient buffer: until {@link #zeroGradients} its content is used as the gradients. */
    public void gradientsPacked() {
        packed = true;
    }

    /**
     * Copies the gradients of the parameters {@code from} (inclusive) to {@code to} (exclusive), all of which must be defined, into the gradient buffer with
     * one launch.
     *
     * @return the part of the gradient buffer that contains them
     */
    public Tensor pack(int from, int to) {
        Tensor target = range(gradients(), from, to);
        if (packed) {
            return target;
        }
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            TensorVector parts = new TensorVector(to - from);
            for (int i = from; i < to; i++) {
                long[] length = {parameters.get(i).tensor().numel()};
                parts.put(i - from, gradient(i).as_strided(length, 1));
            }
            torch.cat_out(target, parts);
        }
        return target;
    }

    /** Drops all gradients, so that the next backward pass allocates new ones: torch's {@code zero_grad(set_to_none=True)}. */
    public void zeroGradients() {
        packed = false;
        for (FlatParameter parameter : parameters) {
            parameter.dropGradient();
        }
        followFreezing();
    }

    /** Returns the memory layout of 4-d weights in the buffer. */
    public Layout layout() {
        return layout;
    }

    /** Releases the buffers; the parameters themselves keep their memory alive. */
    @Override
    public void close() {
        joints.forEach(JointTensor::close);
        parameters.forEach(parameter -> parameter.tensor().close());
        values.close();
        if (gradients != null) {
            gradients.close();
        }
    }
}
