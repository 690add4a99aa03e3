// Pooling, forward and backward.
#include "wide.h"

using namespace sim;

namespace {

std::optional<int64_t> divisor(int64_t override) { return override == 0 ? std::nullopt : std::optional(override); }

/** Computes the backward pass of max pooling. The mask of the forward pass is opaque, so the maxima are recomputed. */
Tensor max_pool_backward(const Tensor& grad, const Tensor& input, const Ints& kernel, const Ints& stride,
                         const Ints& padding, const Ints& dilation, bool ceil) {
    Tensor x = wide(input);
    Tensor indices = std::get<1>(at::max_pool2d_with_indices(x, kernel, stride, padding, dilation, ceil));
    return at::max_pool2d_with_indices_backward(wide(grad), x, kernel, stride, padding, dilation, ceil, indices);
}

}  // namespace

OPERATOR(aclnnMaxPool2dWithMask, Tensor self, Ints kernel, Ints stride, Ints padding, Ints dilation, bool ceil,
         Tensor out, Tensor mask) {
    out.copy_(std::get<0>(at::max_pool2d_with_indices(wide(self), kernel, stride, padding, dilation, ceil)));
    mask.fill_(0x55);  // the real layout is private to the card; programs must not read it
}

OPERATOR(aclnnMaxPool2dWithMaskBackward, Tensor grad, Tensor self, Tensor /*mask*/, Ints kernel, Ints stride,
         Ints padding, Ints dilation, bool ceil, Tensor out) {
    out.copy_(max_pool_backward(grad, self, kernel, stride, padding, dilation, ceil));
}

OPERATOR(aclnnMaxPool2dWithIndices, Tensor self, Ints kernel, Ints stride, Ints padding, Ints dilation, bool ceil,
         Tensor out, Tensor indices) {
    auto [values, positions] = at::max_pool2d_with_indices(wide(self), kernel, stride, padding, dilation, ceil);
    out.copy_(values);
    indices.copy_(positions);
}

OPERATOR(aclnnMaxPool2dWithIndicesBackward, Tensor grad, Tensor self, Tensor /*indices*/, Ints kernel, Ints stride,
         Ints padding, Ints dilation, bool ceil, Tensor out) {
    out.copy_(max_pool_backward(grad, self, kernel, stride, padding, dilation, ceil));
}

OPERATOR(aclnnAvgPool2d, Tensor self, Ints kernel, Ints stride, Ints padding, bool ceil, bool count_pad,
         int64_t override, int8_t /*cube_math_type*/, Tensor out) {
    out.copy_(at::avg_pool2d(wide(self), kernel, stride, padding, ceil, count_pad, divisor(override)));
}

OPERATOR(aclnnAvgPool2dBackward, Tensor grad, Tensor self, Ints kernel, Ints stride, Ints padding, bool ceil,
         bool count_pad, int64_t override, int8_t /*cube_math_type*/, Tensor out) {
    out.copy_(at::avg_pool2d_backward(wide(grad), wide(self), kernel, stride, padding, ceil, count_pad,
                                      divisor(override)));
}

OPERATOR(aclnnAvgPool3d, Tensor self, Ints kernel, Ints stride, Ints padding, bool ceil, bool count_pad,
         int64_t override, Tensor out) {
    out.copy_(at::avg_pool3d(wide(self), kernel, stride, padding, ceil, count_pad, divisor(override)));
}

OPERATOR(aclnnAvgPool3dBackward, Tensor grad, Tensor self, Ints kernel, Ints stride, Ints padding, bool ceil,
         bool count_pad, int64_t override, Tensor out) {
    out.copy_(at::avg_pool3d_backward(wide(grad), wide(self), kernel, stride, padding, ceil, count_pad,
                                      divisor(override)));
}

OPERATOR(aclnnAdaptiveAvgPool2d, Tensor self, Ints size, Tensor out) {
    out.copy_(at::_adaptive_avg_pool2d(wide(self), size));
}

OPERATOR(aclnnAdaptiveAvgPool2dBackward, Tensor grad, Tensor self, Tensor out) {
    out.copy_(at::_adaptive_avg_pool2d_backward(wide(grad), wide(self)));
}

OPERATOR(aclnnAdaptiveAvgPool3d, Tensor self, Ints size, Tensor out) {
    out.copy_(at::_adaptive_avg_pool3d(wide(self), size));
}

OPERATOR(aclnnAdaptiveAvgPool3dBackward, Tensor grad, Tensor self, Tensor out) {
    out.copy_(at::_adaptive_avg_pool3d_backward(wide(grad), wide(self)));
}

OPERATOR(aclnnAdaptiveMaxPool2d, Tensor self, Ints size, Tensor out, Tensor indices) {
    auto [values, positions] = at::adaptive_max_pool2d(wide(self), size);
    out.copy_(values);
    indices.copy_(positions);
}

OPERATOR(aclnnAdaptiveMaxPool2dBackward, Tensor grad, Tensor self, Tensor indices, Tensor out) {
    out.copy_(at::adaptive_max_pool2d_backward(wide(grad), wide(self), indices.to(at::kLong)));
}

OPERATOR(aclnnMaxPool3dWithArgmax, Tensor self, Ints kernel, Ints stride, Ints padding, Ints dilation, bool ceil,
         Tensor out, Tensor indices) {
    auto [values, positions] = at::max_pool3d_with_indices(wide(self), kernel, stride, padding, dilation, ceil);
    out.copy_(values);
    indices.copy_(positions);
}

OPERATOR(aclnnMaxPool3dWithArgmaxBackward, Tensor grad, Tensor self, Tensor indices, Ints kernel, Ints stride,
         Ints padding, Ints dilation, bool ceil, Tensor out) {
    out.copy_(at::max_pool3d_with_indices_backward(wide(grad), wide(self), kernel, stride, padding, dilation, ceil,
                                                   indices.to(at::kLong)));
}
