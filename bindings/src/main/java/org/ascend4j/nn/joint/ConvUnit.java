package org.ascend4j.nn.joint;

import org.ascend4j.nn.BatchNorm2d;
import org.ascend4j.nn.Conv2d;
import org.bytedeco.pytorch.Tensor;

/**
 * A convolution, its normalisation and the following rectifier. They are siblings in one block, so that the convolution keeps its name from the Ascend tutorial.
 *
 * @param convolution the convolution
 * @param norm the normalisation, or null if there is none
 * @since 0.1.0
 */
public record ConvUnit(Conv2d convolution, BatchNorm2d norm) {
    /** Computes {@code relu(norm(convolution(input)))}; the caller owns the result. */
    public Tensor forward(Tensor input) {
        Tensor output = convolution.forward(input);
        if (norm == null) {
            output.relu_();
            return output;
        }
        try (output) {
            return norm.forwardRectified(output);
        }
    }
}
