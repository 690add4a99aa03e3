// Max pooling on the CPU, with its backward pass, for maps whose channels are adjacent in memory.
#pragma once

#include <ATen/core/Tensor.h>

namespace ascend4j {

// Pools N x C x H x W as torch.nn.MaxPool2d does, in fp32 or bf16, to maps with the channels last. For each maximum it
// stores the tap of its window from which it came, in as many bytes as the value has, whereas torch stores an index of
// eight bytes; it gathers gradients, whereas torch scatters them. Gradients in bf16 are summed in fp32. Windows have at
// most 15 x 15 pixels.
at::Tensor max_pooling(const at::Tensor& input, int64_t kernel, int64_t stride, int64_t padding, bool ceil_mode);

}  // namespace ascend4j
