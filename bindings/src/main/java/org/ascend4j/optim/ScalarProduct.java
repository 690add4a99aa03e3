package org.ascend4j.optim;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Multiplies tensors of any type by a factor that is not first rounded to their type. */
final class ScalarProduct {
    private ScalarProduct() {}

    /** Multiplies in place. Unlike Python's, C++'s {@code mul_} with a number rounds the number to bf16 or fp16: 0.999 would become 1. */
    static Tensor multiply(Tensor tensor, double factor) {
        if (!isReduced(tensor)) {
            return tensor.mul_(new Scalar(factor));
        }
        try (TensorOptions type = new TensorOptions(ScalarType.Double);
                Tensor number = torch.scalar_tensor(new Scalar(factor), type)) {
            return tensor.mul_(number);
        }
    }

    /** Returns whether the type has fewer bits than fp32. */
    static boolean isReduced(Tensor tensor) {
        ScalarType type = tensor.scalar_type().intern();
        return type == ScalarType.Half || type == ScalarType.BFloat16;
    }
}
