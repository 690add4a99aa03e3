package org.ascend4j.nn;

import static org.bytedeco.pytorch.global.torch.empty;
import static org.bytedeco.pytorch.global.torch.linear;

import org.bytedeco.pytorch.Tensor;

/** {@code torch.nn.Linear}: {@code N x in} to {@code N x out}, with a bias. */
public final class Linear extends Layer {
    private final Tensor weight;
    private final Tensor bias;

    /** Makes a fully connected layer, drawing its weights from torch's generator as Python's layer does. */
    public Linear(long in, long out) {
        super("Linear");
        weight = parameter("weight", LayerDefaults.weight(empty(out, in), in));
        bias = parameter("bias", LayerDefaults.bias(empty(out), in));
    }

    /** Returns the weight, {@code out x in}. */
    public Tensor weight() {
        return weight;
    }

    /** Returns the bias, {@code out}. */
    public Tensor bias() {
        return bias;
    }

    @Override
    protected Tensor compute(Tensor input) {
        return linear(input, weight, bias);
    }

    @Override
    public long multiplyAdds(Tensor output) {
        return output.numel() * weight.size(1);
    }
}
