// A convolution on a processor as one matrix product, with its backward pass.
#pragma once

#include <ATen/core/Tensor.h>

namespace ascend4j {

// Convolves N x C x H x W to N x O x H x W with a square kernel of odd size k, stride 1 and padding k/2; bias has O values or is undefined.
// A kernel of 1 multiplies the pixels; a larger one whole maps of H x W pixels, by a matrix that holds the kernel's taps at each pair of
// pixels: for maps of a few pixels less than the convolution itself. In the precision of an autocast region, if there is one.
at::Tensor matrix_convolution(const at::Tensor& input, const at::Tensor& weight, const at::Tensor& bias);

}  // namespace ascend4j
