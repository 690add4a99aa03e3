package org.ascend4j.optim;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Keeps gradients short. */
public final class GradientClipping {
    private static final double EPS = 1e-6;

    private GradientClipping() {}

    /**
     * Scales all gradients of an optimiser by one factor, so that together they are no longer than {@code maxNorm}: torch's clip_grad_norm_, without asking
     * the device.
     *
     * @return the length before, one fp32 element on the device, owned by the caller
     */
    public static Tensor byGlobalNorm(Optimizer optimizer, double maxNorm) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            Tensor norm = norm(optimizer.gradients());
            Tensor factor = norm.add(new Scalar(EPS))
                    .reciprocal_()
                    .mul_(new Scalar(maxNorm))
                    .clamp_max_(new Scalar(1.0));
            optimizer.gradients().forEach(gradient -> gradient.mul_(factor));
            return norm.retainReference();
        }
    }

    private static Tensor norm(List<Tensor> gradients) {
        if (gradients.isEmpty()) {
            return torch.zeros(1).squeeze();
        }
        TensorVector norms = new TensorVector(gradients.size());
        for (int i = 0; i < gradients.size(); i++) {
            norms.put(i, torch.linalg_vector_norm(gradients.get(i)));
        }
        return gradients.size() == 1 ? norms.get(0).alias() : torch.linalg_vector_norm(torch.stack(norms));
    }
}
