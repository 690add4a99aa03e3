// Convolutions, forward and backward.
#include "wide.h"

using namespace sim;

OPERATOR(aclnnConvolution, Tensor input, Tensor weight, MaybeTensor bias, Ints stride, Ints padding, Ints dilation,
         bool transposed, Ints output_padding, int64_t groups, Tensor out, int8_t /*cube_math_type*/) {
    out.copy_(at::convolution(wide(input).contiguous(), wide(weight), wide(bias), stride, padding, dilation,
                              transposed, output_padding, groups));
}

OPERATOR(aclnnConvolutionBackward, Tensor grad, Tensor input, Tensor weight, MaybeInts bias_sizes, Ints stride,
         Ints padding, Ints dilation, bool transposed, Ints output_padding, int groups, Bools mask,
         int8_t /*cube_math_type*/, MaybeTensor grad_input, MaybeTensor grad_weight, MaybeTensor grad_bias) {
    at::OptionalIntArrayRef sizes = bias_sizes ? at::OptionalIntArrayRef(*bias_sizes) : std::nullopt;
    auto [d_input, d_weight, d_bias] = at::convolution_backward(
        wide(grad).contiguous(), wide(input).contiguous(), wide(weight), sizes, stride, padding, dilation, transposed,
        output_padding, groups, {mask[0], mask[1], mask[2]});
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
