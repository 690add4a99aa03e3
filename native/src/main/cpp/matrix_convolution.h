// A convolution on the CPU as one matrix product, with its backward pass.
#pragma once

#include <ATen/core/Tensor.h>

namespace ascend4j {

// Convolves N x C x H x W to N x O x H x W with a square kernel of odd size k, stride 1 and padding k/2; bias has O
// values or is undefined. For a kernel of size 1 the product runs over pixels. For a larger kernel it runs over whole
// maps of H x W pixels, with a matrix that holds the kernel's taps for each pair of pixels; for maps with few pixels
// that is less work than the convolution itself. Computes in the precision of an autocast region, if there is one.
at::Tensor matrix_convolution(const at::Tensor& input, const at::Tensor& weight, const at::Tensor& bias);

}  // namespace ascend4j
