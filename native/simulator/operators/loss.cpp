// Losses, forward and backward.
#include "wide.h"

using namespace sim;

#define NEGATIVE_LOG_LIKELIHOOD(name, forward, backward)                                                            \
    OPERATOR(aclnn##name, Tensor self, Tensor target, MaybeTensor weight, int64_t reduction, int64_t ignored,        \
             Tensor out, Tensor total_weight) {                                                                      \
        auto [loss, total] = forward(wide(self), target.to(at::kLong), wide(weight), reduction, ignored);            \
        out.copy_(loss);                                                                                             \
        total_weight.copy_(total);                                                                                   \
    }                                                                                                                \
    OPERATOR(aclnn##name##Backward, Tensor grad, Tensor self, Tensor target, MaybeTensor weight, int64_t reduction,  \
             int64_t ignored, Tensor total_weight, Tensor out) {                                                     \
        out.copy_(backward(wide(grad), wide(self), target.to(at::kLong), wide(weight), reduction, ignored,           \
                           wide(total_weight)));                                                                     \
    }

NEGATIVE_LOG_LIKELIHOOD(NLLLoss, at::nll_loss_forward, at::nll_loss_backward)
NEGATIVE_LOG_LIKELIHOOD(NLLLoss2d, at::nll_loss2d_forward, at::nll_loss2d_backward)

OPERATOR(aclnnMseLoss, Tensor self, Tensor target, int64_t reduction, Tensor out) {
    out.copy_(at::mse_loss(wide(self), wide(target), reduction));
}

OPERATOR(aclnnMseLossBackward, Tensor grad, Tensor self, Tensor target, int64_t reduction, Tensor out) {
    out.copy_(at::mse_loss_backward(wide(grad), wide(self), wide(target), reduction));
}

OPERATOR(aclnnL1Loss, Tensor self, Tensor target, int64_t reduction, Tensor out) {
    out.copy_(at::l1_loss(wide(self), wide(target), reduction));
}

/** Computes the gradient of each element from GRAD, the gradient of the reduced loss. */
OPERATOR(aclnnL1LossBackward, Tensor grad, Tensor self, Tensor target, int64_t reduction, Tensor out) {
    Tensor difference = wide(self) - wide(target);
    Tensor gradient = difference.sign() * wide(grad);
    out.copy_(reduction == at::Reduction::Mean ? gradient / difference.numel() : gradient);
}

OPERATOR(aclnnSmoothL1Loss, Tensor self, Tensor target, int64_t reduction, float beta, Tensor out) {
    out.copy_(at::smooth_l1_loss(wide(self), wide(target), reduction, beta));
}

OPERATOR(aclnnSmoothL1LossBackward, Tensor grad, Tensor self, Tensor target, int64_t reduction, float beta,
         Tensor out) {
    out.copy_(at::smooth_l1_loss_backward(wide(grad), wide(self), wide(target), reduction, beta));
}

OPERATOR(aclnnSoftMarginLoss, Tensor self, Tensor target, int64_t reduction, Tensor out) {
    out.copy_(at::soft_margin_loss(wide(self), wide(target), reduction));
}

OPERATOR(aclnnSoftMarginLossBackward, Tensor grad, Tensor self, Tensor target, int64_t reduction, Tensor out) {
    out.copy_(at::soft_margin_loss_backward(wide(grad), wide(self), wide(target), reduction));
}

OPERATOR(aclnnKlDiv, Tensor self, Tensor target, int64_t reduction, bool log_target, Tensor out) {
    out.copy_(at::kl_div(wide(self), wide(target), reduction, log_target));
}

OPERATOR(aclnnKlDivBackward, Tensor grad, Tensor self, Tensor target, int64_t reduction, bool log_target,
         Tensor out) {
    Tensor gradient = log_target ? -at::exp(wide(target)) * wide(grad)
                                 : at::where(target > 0, -wide(target) * wide(grad), 0);
    out.copy_(reduction == at::Reduction::Mean ? gradient / self.numel() : gradient);
}

OPERATOR(aclnnBinaryCrossEntropy, Tensor self, Tensor target, MaybeTensor weight, int64_t reduction, Tensor out) {
    out.copy_(at::binary_cross_entropy(wide(self), wide(target), wide(weight), reduction));
}

OPERATOR(aclnnBinaryCrossEntropyBackward, Tensor grad, Tensor self, Tensor target, MaybeTensor weight,
         int64_t reduction, Tensor out) {
    out.copy_(at::binary_cross_entropy_backward(wide(grad), wide(self), wide(target), wide(weight), reduction));
}

OPERATOR(aclnnBinaryCrossEntropyWithLogits, Tensor self, Tensor target, MaybeTensor weight, MaybeTensor positive,
         int64_t reduction, Tensor out) {
    out.copy_(at::binary_cross_entropy_with_logits(wide(self), wide(target), wide(weight), wide(positive), reduction));
}

OPERATOR(aclnnBinaryCrossEntropyWithLogitsBackward, Tensor grad, Tensor self, Tensor target, MaybeTensor weight,
         MaybeTensor positive, int64_t reduction, Tensor out) {
    Tensor x = wide(self), y = wide(target), p = at::sigmoid(x);
    Tensor gradient = positive ? (1 - y) * p - wide(*positive) * y * (1 - p) : p - y;
    gradient = weight ? gradient * wide(*weight) : gradient;
    out.copy_(gradient * wide(grad) / (reduction == at::Reduction::Mean ? x.numel() : 1));
}
