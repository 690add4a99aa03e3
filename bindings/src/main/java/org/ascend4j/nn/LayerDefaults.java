package org.ascend4j.nn;

import org.bytedeco.pytorch.Tensor;

/** The initial values of Python's layers, drawn from torch's default generator in Python's order (weight, then bias). */
final class LayerDefaults {
    private LayerDefaults() {}

    /** Fills a weight as {@code kaiming_uniform_(weight, a=sqrt(5))} does; it uses Python's operations and so gives the same bits. */
    static Tensor weight(Tensor weight, long fanIn) {
        double slope = Math.sqrt(5);
        double gain = Math.sqrt(2.0 / (1 + slope * slope));
        double bound = Math.sqrt(3.0) * (gain / Math.sqrt(fanIn));
        weight.uniform_(-bound, bound, null);
        return weight;
    }

    /** Fills a bias uniformly within 1 / sqrt(fan in). */
    static Tensor bias(Tensor bias, long fanIn) {
        double bound = 1 / Math.sqrt(fanIn);
        bias.uniform_(-bound, bound, null);
        return bias;
    }
}
