package org.ascend4j.nn;

import static org.bytedeco.pytorch.global.torch.relu;

import org.bytedeco.pytorch.Tensor;

/**
 * {@code torch.nn.ReLU}.
 *
 * @since 0.1.0
 */
public final class ReLU extends Layer {
    private final boolean inPlace;

    /** Creates a rectifier; in place it overwrites its input. That saves a copy and is correct if no other layer reads the input. */
    public ReLU(boolean inPlace) {
        super("ReLU");
        this.inPlace = inPlace;
    }

    @Override
    protected Tensor compute(Tensor input) {
        if (!inPlace) {
            return relu(input);
        }
        input.relu_();
        return input;
    }
}
