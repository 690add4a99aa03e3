package org.ascend4j.nn;

import static org.bytedeco.pytorch.global.torch.embedding;
import static org.bytedeco.pytorch.global.torch.randn;

import org.ascend4j.Ascend4jException;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * {@code torch.nn.Embedding}: maps int64 indices of any shape to the corresponding rows of a table, {@code ... x width}.
 *
 * @since 0.1.0
 */
public final class Embedding extends Layer {
    private static final long NO_PADDING = -1;

    private final Tensor weight;
    private final long padding;

    /** Creates a table with rows drawn from the standard normal distribution, as in Python's layer. */
    public Embedding(long rows, long width) {
        super("Embedding");
        weight = parameter("weight", randn(rows, width));
        padding = NO_PADDING;
    }

    /** Creates a table whose row {@code paddingIndex} is zero and is not trained. */
    @SuppressWarnings("try")
    public Embedding(long rows, long width, long paddingIndex) {
        super("Embedding");
        if (paddingIndex < 0 || paddingIndex >= rows) {
            throw new Ascend4jException(
                    "the padding index of an embedding expects 0 to " + (rows - 1) + ", found " + paddingIndex);
        }
        weight = parameter("weight", randn(rows, width));
        padding = paddingIndex;
        try (NoGradGuard guard = new NoGradGuard();
                Tensor row = weight.select(0, paddingIndex)) {
            row.zero_();
        }
    }

    /** Returns the table, {@code rows x width}. */
    public Tensor weight() {
        return weight;
    }

    @Override
    protected Tensor compute(Tensor indices) {
        return embedding(weight, indices, padding, false, false);
    }
}
