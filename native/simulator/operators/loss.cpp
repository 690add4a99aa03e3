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

OPERATOR(aclnnBinaryCrossEntropyWithLogits, Tensor self, Tensor target, MaybeTensor weight, MaybeTensor positive,
         int64_t reduction, Tensor out) {
    out.copy_(at::binary_cross_entropy_with_logits(wide(self), wide(target), weight, positive, reduction));
}
