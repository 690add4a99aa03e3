// Normalisation of each example: over its last axes or over groups of channels.
#include "wide.h"

using namespace sim;

namespace {

void assign(const MaybeTensor& target, const Tensor& value) {
    if (target) {
        target->copy_(value.view(target->sizes()));
    }
}

}  // namespace

OPERATOR(aclnnLayerNorm, Tensor self, Ints shape, MaybeTensor weight, MaybeTensor bias, double eps, Tensor out,
         MaybeTensor mean, MaybeTensor rstd) {
    auto [result, average, deviation] = at::native_layer_norm(wide(self), shape, wide(weight), wide(bias), eps);
    out.copy_(result);
    assign(mean, average);
    assign(rstd, deviation);
}

OPERATOR(aclnnLayerNormBackward, Tensor grad, Tensor self, Ints shape, Tensor mean, Tensor rstd, MaybeTensor weight,
         MaybeTensor bias, Bools mask, MaybeTensor grad_input, MaybeTensor grad_weight, MaybeTensor grad_bias) {
    auto [d_input, d_weight, d_bias] =
        at::native_layer_norm_backward(wide(grad), wide(self), shape, mean, rstd, wide(weight), wide(bias),
                                       {mask[0], mask[1], mask[2]});
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

OPERATOR(aclnnGroupNorm, Tensor self, MaybeTensor weight, MaybeTensor bias, int64_t batch, int64_t channels,
         int64_t area, int64_t groups, double eps, Tensor out, MaybeTensor mean, MaybeTensor rstd) {
    auto [result, average, deviation] = at::native_group_norm(wide(self).contiguous(), wide(weight), wide(bias), batch,
                                                              channels, area, groups, eps);
    out.copy_(result);
    assign(mean, average);
    assign(rstd, deviation);
}

OPERATOR(aclnnGroupNormBackward, Tensor grad, Tensor self, Tensor mean, Tensor rstd, MaybeTensor weight, int64_t batch,
         int64_t channels, int64_t area, int64_t groups, Bools mask, MaybeTensor grad_input, MaybeTensor grad_weight,
         MaybeTensor grad_bias) {
    auto [d_input, d_weight, d_bias] = at::native_group_norm_backward(
        wide(grad).contiguous(), wide(self).contiguous(), wide(mean), wide(rstd), wide(weight), batch, channels, area,
        groups, {mask[0], mask[1], mask[2]});
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
