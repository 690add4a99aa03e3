// Batch normalisation, including its form split over ranks.
#include "wide.h"

using namespace sim;

OPERATOR(aclnnBatchNorm, Tensor self, MaybeTensor weight, MaybeTensor bias, MaybeTensor running_mean,
         MaybeTensor running_var, bool training, double momentum, double eps, Tensor out, Tensor save_mean,
         Tensor save_invstd) {
    auto [result, mean, invstd] = at::native_batch_norm(wide(self), wide(weight), wide(bias), running_mean,
                                                        running_var, training, momentum, eps);
    out.copy_(result);
    if (mean.numel() == save_mean.numel()) {  // evaluation saves nothing
        save_mean.copy_(mean);
        save_invstd.copy_(invstd);
    }
}

OPERATOR(aclnnBatchNormBackward, Tensor grad, Tensor self, MaybeTensor weight, MaybeTensor running_mean,
         MaybeTensor running_var, MaybeTensor save_mean, MaybeTensor save_invstd, bool training, double eps,
         Bools mask, MaybeTensor grad_input, MaybeTensor grad_weight, MaybeTensor grad_bias) {
    auto [d_input, d_weight, d_bias] =
        at::native_batch_norm_backward(wide(grad), wide(self), wide(weight), running_mean, running_var, save_mean,
                                       save_invstd, training, eps, {mask[0], mask[1], mask[2]});
    if (mask[0]) {
        grad_input->copy_(d_input);
    }
    if (mask[1]) {
        grad_weight->copy_(d_weight);
    }
    if (mask[2]) {
        grad_bias->copy_(d_bias);
    }
}

namespace {

/** Returns the axes that batch normalisation reduces: all but the channels. */
Ints reduced(const Tensor& x) {
    Ints axes;
    for (int64_t axis = 0; axis < x.dim(); ++axis) {
        if (axis != 1) {
            axes.push_back(axis);
        }
    }
    return axes;
}

/** Returns a vector over channels in a shape that broadcasts over X. */
Tensor channels(const Tensor& vector, const Tensor& x) {
    Ints shape(x.dim(), 1);
    shape[1] = -1;
    return wide(vector).reshape(shape);
}

}  // namespace

OPERATOR(aclnnBatchNormStats, Tensor self, double eps, Tensor mean, Tensor invstd) {
    auto [variance, average] = at::var_mean(wide(self), reduced(self), false);
    mean.copy_(average);
    invstd.copy_(at::rsqrt(variance + eps));
}

OPERATOR(aclnnBatchNormGatherStatsWithCounts, Tensor /*input*/, Tensor mean, Tensor invstd, MaybeTensor running_mean,
         MaybeTensor running_var, double momentum, double eps, Tensor counts, Tensor mean_all, Tensor invstd_all) {
    Tensor weights = wide(counts).reshape({-1, 1});
    Tensor total = weights.sum();
    Tensor average = (mean * weights).sum(0) / total;
    Tensor variance = ((at::pow(invstd, -2) - eps + at::pow(mean - average, 2)) * weights).sum(0) / total;
    mean_all.copy_(average);
    invstd_all.copy_(at::rsqrt(variance + eps));
    if (running_mean) {
        running_mean->mul_(1 - momentum).add_(average, momentum);
    }
    if (running_var) {
        running_var->mul_(1 - momentum).add_(variance * (total / (total - 1)), momentum);
    }
}

OPERATOR(aclnnBatchNormElemt, Tensor self, MaybeTensor weight, MaybeTensor bias, Tensor mean, Tensor invstd,
         double /*eps*/, Tensor out) {
    Tensor result = (wide(self) - channels(mean, self)) * channels(invstd, self);
    result = weight ? result * channels(*weight, self) : result;
    out.copy_(bias ? result + channels(*bias, self) : result);
}

OPERATOR(aclnnBatchNormReduceBackward, Tensor grad, Tensor self, Tensor mean, Tensor invstd, MaybeTensor /*weight*/,
         bool /*input_grad*/, bool /*weight_grad*/, bool /*bias_grad*/, MaybeTensor sum_dy, MaybeTensor sum_dy_xmu,
         MaybeTensor grad_weight, MaybeTensor grad_bias) {
    Tensor dy = wide(grad).sum(reduced(self));
    Tensor dy_xmu = (wide(grad) * (wide(self) - channels(mean, self))).sum(reduced(self));
    for (auto& [target, value] : {std::pair(sum_dy, dy), std::pair(sum_dy_xmu, dy_xmu),
                                  std::pair(grad_weight, dy_xmu * wide(invstd)), std::pair(grad_bias, dy)}) {
        if (target) {
            target->copy_(value);
        }
    }
}

OPERATOR(aclnnBatchNormElemtBackward, Tensor grad, Tensor self, Tensor mean, Tensor invstd, MaybeTensor weight,
         Tensor sum_dy, Tensor sum_dy_xmu, Tensor counts, Tensor out) {
    Tensor total = wide(counts).sum();
    Tensor scale = channels(invstd, self);
    Tensor projected = (wide(self) - channels(mean, self)) * scale * scale * channels(sum_dy_xmu, self) / total;
    Tensor result = (wide(grad) - channels(sum_dy, self) / total - projected) * scale;
    out.copy_(weight ? result * channels(*weight, self) : result);
}
