// Rectifiers on a processor that are done while maps are split or joined by channels, with their backward passes.
#pragma once

#include <ATen/core/Tensor.h>
#include <torch/types.h>

#include <cstdint>
#include <vector>

namespace ascend4j {

// Maps are N x C x H x W in fp32 or bf16. What these give has the channels last and equals relu with split or cat in every value; each pass
// reads and writes every number once, where the two operators do so twice and convolutions copy the parts once more.
std::vector<at::Tensor> rectified_split(const at::Tensor& maps, const int64_t* widths, int64_t parts);
at::Tensor rectified_join(const std::vector<at::Tensor>& parts);

}  // namespace ascend4j
