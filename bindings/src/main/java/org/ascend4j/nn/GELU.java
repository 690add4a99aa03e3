package org.ascend4j.nn;

import static org.bytedeco.pytorch.global.torch.gelu;

import org.bytedeco.pytorch.Tensor;

/**
 * {@code torch.nn.GELU}: {@code x} times the cumulative normal distribution function of {@code x} (<a href="https://arxiv.org/abs/1606.08415">Hendrycks and
 * Gimpel, 2016</a>).
 *
 * @since 0.1.0
 */
public final class GELU extends Layer {
    private final String approximation;

    /** Creates the exact form. */
    public GELU() {
        this(false);
    }

    /** Creates the exact form, or the approximation with the hyperbolic tangent: Python's {@code approximate="tanh"}. */
    public GELU(boolean byTanh) {
        super("GELU");
        approximation = byTanh ? "tanh" : "none";
    }

    @Override
    protected Tensor compute(Tensor input) {
        return gelu(input, approximation);
    }
}
