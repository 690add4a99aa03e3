package org.ascend4j.optim;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Clips gradients.
 *
 * @since 0.1.0
 */
public final class GradientClipping {
    private static final double EPS = 1e-6;

    private GradientClipping() {}

    /**
     * Scales all gradients of an optimiser by one factor, so that their joint norm is at most {@code maxNorm}: torch's clip_grad_norm_, without waiting for the
     * device.
     *
     * @return the norm before clipping, one fp32 element on the device, owned by the caller
     */
    public static Tensor byGlobalNorm(Optimizer optimizer, double maxNorm) {
        try (NoGradGuard noGrad = new NoGradGuard()) {
            List<Tensor> gradients = optimizer.gradients();
            Tensor norm = norm(gradients);
            try (PointerScope scope = new PointerScope()) {
                Tensor factor = norm.add(new Scalar(EPS))
                        .reciprocal_()
                        .mul_(new Scalar(maxNorm))
                        .clamp_max_(new Scalar(1.0));
                gradients.forEach(gradient -> gradient.mul_(factor));
            }
            return norm;
        }
    }

    private static Tensor norm(List<Tensor> gradients) {
        if (gradients.size() == 1) {
            return torch.linalg_vector_norm(gradients.get(0));
        }
        try (TensorVector norms = new TensorVector(gradients.size())) {
            for (int i = 0; i < gradients.size(); i++) {
                try (Tensor norm = torch.linalg_vector_norm(gradients.get(i))) {
                    norms.put(i, norm);
                }
            }
            try (Tensor stacked = gradients.isEmpty() ? torch.zeros(1) : torch.stack(norms)) {
                return torch.linalg_vector_norm(stacked);
            }
        }
    }
}
