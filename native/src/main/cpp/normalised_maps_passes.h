// The passes over all pixels of normalised maps, in chunks of pixels.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace ascend4j {

// Adjacent channels: the maps that have them, their place there, among the channels of all norms and in a result.
struct Segment {
  size_t maps, result;
  int64_t from, channel, to, width;
};

using Segments = std::vector<Segment>;

// The mean of each channel and its sum of squared deviations.
struct Moments {
  std::vector<double> mean, squares;
};

Moments moments_of(const at::Tensor& maps);

// The rows of a tensor with constants of each channel of all norms.
enum Constant { SCALE, SHIFT, MEAN, DEVIATION, CONSTANTS };

// Returns whether neighbouring pixels have equal distances, as in maps with the channels last and in some of their channels.
bool has_rows(const at::Tensor& maps);

// Writes the results of all norms chunk by chunk, so that a joined result is written from its start to its end.
void normalise_all(at::TensorList maps, const at::Tensor& constants, const Segments& segments, at::TensorList results);

// Returns the gradients of all maps, then those of all weights, then those of all biases. The results' gradients must have rows.
std::vector<at::Tensor> gradients_of(at::TensorList maps, const at::Tensor& constants, const Segments& segments, at::TensorList gradients);

}  // namespace ascend4j
