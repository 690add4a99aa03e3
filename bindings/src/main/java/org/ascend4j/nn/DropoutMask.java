package org.ascend4j.nn;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The factors of a dropout on an NPU: 0 for values that are dropped, else 1 / (1 - p).
 *
 * <p>torch_npu's own dropout draws its mask on a second stream, which a graph of a stream without a task queue cannot contain: torch_npu submits the event that joins
 * the streams to the second stream's queue, and the wait for it directly.
 */
final class DropoutMask {
    private DropoutMask() {}

    /** Returns whether a layer has to use this class. */
    static boolean isFor(Tensor input, double probability, boolean training) {
        return training && probability > 0 && probability < 1 && input.is_privateuseone();
    }

    /** Draws a factor for each value of {@code like}, in fp32 so that the share of zeros is exact, and returns them in its type. */
    static Tensor draw(Tensor like, double probability) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            TensorOptions options = like.options().dtype(new ScalarTypeOptional(ScalarType.Float));
            Tensor factors = torch.empty_like(like, options, new MemoryFormatOptional())
                    .uniform_()
                    .ge_(new Scalar(probability))
                    .mul_(new Scalar(1 / (1 - probability)));
            return factors.to(like.scalar_type()).retainReference();
        }
    }
}
