// Batch normalisation with the statistics of the batches of all ranks.
#pragma once

#include <ATen/core/Tensor.h>

#include <string>

namespace ascend4j {

// torch.nn.SyncBatchNorm in training, on any device: normalises N x C x ... input with the joint mean and variance of
// all ranks' images, however many each has, and updates the running statistics with the weight momentum. All ranks must
// call it in the same order. Its backward pass also has a collective; the message of an error there starts with "batch
// norm over all ranks: ".
at::Tensor sync_batch_norm(const at::Tensor& input, const at::Tensor& weight, const at::Tensor& bias,
                           const at::Tensor& running_mean, const at::Tensor& running_variance, double momentum,
                           double epsilon, const std::string& group);

}  // namespace ascend4j
