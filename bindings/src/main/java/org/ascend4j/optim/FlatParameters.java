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
 * Parameters that live in one contiguous buffer of one type on their device, each of them a view of it.
 *
 * <p>Made after the model is on its device; names, shapes and values stay as they were. An update or a copy of all parameters is then one operator on one
 * tensor instead of one per parameter. Gradients are left to autograd, because accumulating into prepared views costs a launch per parameter: they are
 * gathered into the flat gradient buffer by one {@code cat}.
 */
public final class FlatParameters implements AutoCloseable {
    private final List<FlatParameter> parameters;
    private final Tensor values;
    private final Layout layout;
    private final List<JointTensor> joints;
    private Tensor gradients;
    private boolean packed;

    /**
     * Moves parameters into a buffer of their own.
     *
     * @param named leaf tensors of one device and one floating type, by name; a tensor under several names is one parameter, under the first
     * @param layout how 4-d weights lie inside the buffer
     */
    public FlatParameters(Map<String, Tensor> named, Layout layout) {
        this(named, layout, List.of());
    }

    /**
     * Moves parameters into a buffer of their own, in which the members of a joint tensor are neighbours, and joins them there.
     *
     * @param named leaf tensors of one device and one floating type, by name; a tensor under several names is one parameter, under the first
     * @param layout how 4-d weights lie inside the buffer
     * @param joints tensors whose members are among {@code named}; they are let go when this closes
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

    /** A joint tensor is computed with where its members are not: it needs a gradient where one of them does. */
    private void followFreezing() {
        for (JointTensor joint : joints) {
            joint.whole().set_requires_grad(joint.requiresGrad());
        }
    }

    /** Moves the parameters of a model, which is on its device, into a buffer and joins the tensors that it can compute with as one. */
    public static FlatParameters joining(Layer model, Layout layout) {
        return new FlatParameters(
                model.namedParameters(), layout, joints(JointLayer.tensorsOf(model), model.namedParameters()));
    }

    /** Returns the joint tensors of parameters, for a flat buffer to lay out, and joins the others where they are. */
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

    /** Returns the tensors that autograd gives gradients to, in the order of the buffer: joint ones in place of their members. */
    public List<Tensor> leaves() {
        return parameters.stream()
                .filter(parameter -> parameter.joint() == null || parameter.startsJoint())
                .map(FlatParameter::leaf)
                .toList();
    }

    /** Returns the buffer that the parameters are views of, one dimension; zeros where it begins before them. */
    public Tensor values() {
        return values;
    }

    /** Returns the gradient buffer, in the order of {@link #values}; allocated at the first call and undefined where nothing was packed. */
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

    /** Says whether the last backward pass gave the parameter a gradient. */
    public boolean hasGradient(int index) {
        return parameters.get(index).hasGradient();
    }

    /** Returns the parameter's gradient in the parameter's memory order: autograd's own tensor, or a copy where its strides differ. */
    public Tensor gradient(int index) {
        Tensor gradient = parameters.get(index).gradient();
        boolean channelsLast = parameters.get(index).channelsLast();
        return gradient.contiguous(channelsLast ? MemoryFormat.ChannelsLast : MemoryFormat.Contiguous);
    }

    /** Says that somebody else has filled the gradient buffer: until {@link #zeroGradients} the gradients are what it holds. */
    public void gradientsPacked() {
        packed = true;
    }

    /**
     * Copies the gradients of the parameters {@code from} to {@code to} (exclusive), all of them defined, into the gradient buffer by one launch.
     *
     * @return the part of the gradient buffer that now holds them
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

    /** Drops all gradients, so that the next backward pass makes new ones: torch's {@code zero_grad(set_to_none=True)}. */
    public void zeroGradients() {
        packed = false;
        for (FlatParameter parameter : parameters) {
            parameter.dropGradient();
        }
        followFreezing();
    }

    /** Returns how 4-d weights lie inside the buffer. */
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
