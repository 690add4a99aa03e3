// A 3 x 3 convolution on the CPU with a fraction of its multiplications, with its backward pass.
#pragma once

#include <ATen/core/Tensor.h>

namespace ascend4j {

// Convolves N x C x H x W to N x O x H x W in fp32 with stride 1 and padding 1 by Winograd's F(4 x 4, 3 x 3): 36
// multiplications for each tile of 4 x 4 outputs, pair of channels and image, where the convolution has 144. C and O are
// multiples of 8; bias has O values or is undefined.
at::Tensor winograd_convolution(const at::Tensor& input, const at::Tensor& weight, const at::Tensor& bias);

}  // namespace ascend4j
