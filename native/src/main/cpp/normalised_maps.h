// Batch norm in training with the rectifier that follows, on the CPU, in two passes forward and two backward.
#pragma once

#include <ATen/core/Tensor.h>
#include <torch/types.h>

#include <cstdint>
#include <vector>

namespace ascend4j {

// Maps are N x C x H x W in fp32 or bf16 with more than one value per channel. A norm is four tensors in fp32 of C
// values: weight, bias, running mean and running variance. The running statistics are updated with the weight momentum.
// The results have the channels last and equal relu(batch_norm(maps)) except for rounding: sums are in fp32 over 256
// pixels and in fp64 over these, so they do not depend on the number of threads.

// Returns the channels in parts of the given widths.
std::vector<at::Tensor> normalised_split(const at::Tensor& maps, const std::vector<at::Tensor>& norm, double momentum, double epsilon,
                                         const int64_t* widths, int64_t parts);

// Concatenates first, which is kept as it is, and all normalised and rectified maps along the channels; norms has the
// four tensors of the first maps, then those of the second, and so on.
at::Tensor normalised_join(const at::Tensor& first, const std::vector<at::Tensor>& maps, const std::vector<at::Tensor>& norms, double momentum,
                           double epsilon);

}  // namespace ascend4j
