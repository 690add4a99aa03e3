package org.ascend4j.nn;

import static org.bytedeco.pytorch.global.torch.empty;
import static org.bytedeco.pytorch.global.torch.linear;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/**
 * {@code torch.nn.Linear}: {@code ... x in} to {@code ... x out}.
 *
 * @since 0.1.0
 */
public final class Linear extends Layer {
    private final Tensor weight;
    private final Tensor bias;
    private final TensorOptional biasArgument;

    /** Creates a fully connected layer with a bias; its weights are drawn from torch's generator as in Python's layer. */
    public Linear(long in, long out) {
        this(in, out, true);
    }

    /** Creates a fully connected layer with or without a bias. */
    public Linear(long in, long out, boolean withBias) {
        super("Linear");
        weight = parameter("weight", LayerDefaults.weight(empty(out, in), in));
        bias = withBias ? parameter("bias", LayerDefaults.bias(empty(out), in)) : null;
        biasArgument = own(withBias ? new TensorOptional(bias) : new TensorOptional());
    }

    /** Returns the weight, {@code out x in}. */
    public Tensor weight() {
        return weight;
    }

    /** Returns the bias, {@code out}, or null if the layer has none. */
    public Tensor bias() {
        return bias;
    }

    @Override
    protected Tensor compute(Tensor input) {
        return linear(input, weight, biasArgument);
    }

    @Override
    public long multiplyAdds(Tensor output) {
        return output.numel() * weight.size(1);
    }
}
