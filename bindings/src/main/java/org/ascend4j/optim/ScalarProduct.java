package org.ascend4j.optim;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Products of tensors of any type with a factor that is not rounded to their type first. */
final class ScalarProduct {
    private ScalarProduct() {}

    /** Multiplies in place. C++'s {@code mul_} of a number, unlike Python's, rounds the number to bf16 or fp16: 0.999 would be 1. */
    static Tensor multiply(Tensor tensor, double factor) {
        if (!isReduced(tensor)) {
            return tensor.mul_(new Scalar(factor));
        }
        try (TensorOptions type = new TensorOptions(ScalarType.Double);
                Tensor number = torch.scalar_tensor(new Scalar(factor), type)) {
            return tensor.mul_(number);
        }
    }

    /** Says whether the type has fewer bits than fp32. */
    static boolean isReduced(Tensor tensor) {
        ScalarType type = tensor.scalar_type().intern();
        return type == ScalarType.Half || type == ScalarType.BFloat16;
    }
}
