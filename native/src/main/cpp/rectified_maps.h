// Rectifiers on the CPU that are applied while maps are split or joined by channels, with their backward passes.
#pragma once

#include <ATen/core/Tensor.h>
#include <torch/types.h>

#include <cstdint>
#include <vector>

namespace ascend4j {

// Maps are N x C x H x W in fp32 or bf16. The results have the channels last and equal relu with split or cat in every
// value. Each pass reads and writes every number once, whereas the two operators do so twice and convolutions copy the
// parts once more.
std::vector<at::Tensor> rectified_split(const at::Tensor& maps, const int64_t* widths, int64_t parts);
at::Tensor rectified_join(const std::vector<at::Tensor>& parts);

}  // namespace ascend4j
