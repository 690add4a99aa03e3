// The inner loops of normalised maps over rows of adjacent channels, compiled for the processor at hand.
#pragma once

#include <cstdint>

namespace ascend4j {

// A number of rows; consecutive ones are stride values apart. bf16 values are passed as their bits.
template <typename Value>
struct Rows {
  Value* first;
  int64_t stride;

  Rows from(int64_t row, int64_t channel) const { return {first + row * stride + channel, stride}; }
};

// Writes the mean of each channel and the sum of its squared deviations from it.
void moments(Rows<const float> maps, int64_t rows, int64_t channels, float* mean, float* squares);
void moments(Rows<const uint16_t> maps, int64_t rows, int64_t channels, float* mean, float* squares);

// The constants of each channel: its result is value * scale + shift, rectified.
struct Affine {
  const float* scale;
  const float* shift;

  Affine from(int64_t channel) const { return {scale + channel, shift + channel}; }
};

void normalise(Rows<const float> maps, int64_t rows, int64_t channels, Affine affine, Rows<float> results);
void normalise(Rows<const uint16_t> maps, int64_t rows, int64_t channels, Affine affine, Rows<uint16_t> results);

// Writes two sums over the gradients of positive results: of the gradients, and of each multiplied by its value's
// deviation from the mean.
void gradient_sums(Rows<const float> maps, Rows<const float> gradients, int64_t rows, int64_t channels, Affine affine, const float* mean,
                   float* sums, float* products);
void gradient_sums(Rows<const uint16_t> maps, Rows<const uint16_t> gradients, int64_t rows, int64_t channels, Affine affine, const float* mean,
                   float* sums, float* products);

// The parts of the gradients of the maps that come through the statistics: minus offset, minus the deviation times
// slope.
struct Correction {
  const float* mean;
  const float* offset;
  const float* slope;

  Correction from(int64_t channel) const { return {mean + channel, offset + channel, slope + channel}; }
};

void map_gradients(Rows<const float> maps, Rows<const float> gradients, int64_t rows, int64_t channels, Affine affine, Correction correction,
                   Rows<float> results);
void map_gradients(Rows<const uint16_t> maps, Rows<const uint16_t> gradients, int64_t rows, int64_t channels, Affine affine,
                   Correction correction, Rows<uint16_t> results);

}  // namespace ascend4j
