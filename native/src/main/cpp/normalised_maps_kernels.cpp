#include "normalised_maps_kernels.h"

#include <algorithm>
#include <cstring>

#include "processor.h"

// No array overlaps another. The compiler would check that for each row, or not vectorise a loop over many arrays.
#define INDEPENDENT _Pragma("GCC ivdep")

namespace ascend4j {

namespace {

INLINED float number(float value) { return value; }

INLINED float number(uint16_t bf16) {
  const uint32_t bits = static_cast<uint32_t>(bf16) << 16;
  float value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

INLINED void assign(float& to, float value) { to = value; }

// Rounds to the nearest, to the even one of two. NaN keeps its upper bits and becomes quiet.
INLINED void assign(uint16_t& to, float value) {
  uint32_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  const uint32_t rounded = (bits + 0x7fff + (bits >> 16 & 1)) >> 16, quiet = bits >> 16 | 0x40;
  to = static_cast<uint16_t>(value != value ? quiet : rounded);
}

// Several rows are added at a time, so that a sum is loaded and stored once for all of them.
constexpr int64_t AT_ONCE = 4;

// Deviations are from the first row, so that squares of a large mean do not hide a small variance.
template <typename Value>
INLINED void moments_of(Rows<const Value> maps, int64_t rows, int64_t channels, float* __restrict mean, float* __restrict squares) {
  const Value* __restrict origin = maps.first;
  std::fill_n(mean, channels, 0.0f);
  std::fill_n(squares, channels, 0.0f);
  int64_t row = 1;
  for (; row + AT_ONCE <= rows; row += AT_ONCE) {
    const Value* __restrict value = maps.from(row, 0).first;
    const int64_t stride = maps.stride;
    INDEPENDENT
    for (int64_t i = 0; i < channels; i++) {
      const float start = number(origin[i]);
      const float a = number(value[i]) - start, b = number(value[i + stride]) - start, c = number(value[i + 2 * stride]) - start,
                  d = number(value[i + 3 * stride]) - start;
      mean[i] += (a + b) + (c + d);
      squares[i] += (a * a + b * b) + (c * c + d * d);
    }
  }
  for (; row < rows; row++) {
    const Value* __restrict value = maps.from(row, 0).first;
    INDEPENDENT
    for (int64_t i = 0; i < channels; i++) {
      const float a = number(value[i]) - number(origin[i]);
      mean[i] += a;
      squares[i] += a * a;
    }
  }
  const float share = 1.0f / static_cast<float>(rows);
  for (int64_t i = 0; i < channels; i++) {
    const float sum = mean[i], rest = squares[i] - sum * sum * share;
    // Rounding may make the rest of equal values negative; NaN stays.
    squares[i] = rest < 0 ? 0 : rest;
    mean[i] = number(origin[i]) + sum * share;
  }
}

template <typename Value>
INLINED void normalise_rows(Rows<const Value> maps, int64_t rows, int64_t channels, Affine affine, Rows<Value> results) {
  const float *__restrict scale = affine.scale, *__restrict shift = affine.shift;
  for (int64_t row = 0; row < rows; row++) {
    const Value* __restrict value = maps.from(row, 0).first;
    Value* __restrict result = results.from(row, 0).first;
    INDEPENDENT
    for (int64_t i = 0; i < channels; i++) {
      const float normalised = number(value[i]) * scale[i] + shift[i];
      assign(result[i], normalised < 0 ? 0 : normalised);
    }
  }
}

// Returns the gradient before the rectifier; NaN results pass it, as in torch.
INLINED float passed(float value, float gradient, float scale, float shift) { return value * scale + shift <= 0 ? 0 : gradient; }

template <typename Value>
INLINED void add_gradients(Rows<const Value> maps, Rows<const Value> gradients, int64_t rows, int64_t channels, Affine affine,
                           const float* __restrict mean, float* __restrict sums, float* __restrict products) {
  const float *__restrict scale = affine.scale, *__restrict shift = affine.shift;
  std::fill_n(sums, channels, 0.0f);
  std::fill_n(products, channels, 0.0f);
  int64_t row = 0;
  for (; row + AT_ONCE <= rows; row += AT_ONCE) {
    const Value *__restrict value = maps.from(row, 0).first, *__restrict gradient = gradients.from(row, 0).first;
    const int64_t step = maps.stride, stride = gradients.stride;
    INDEPENDENT
    for (int64_t i = 0; i < channels; i++) {
      const float a = number(value[i]), b = number(value[i + step]), c = number(value[i + 2 * step]), d = number(value[i + 3 * step]);
      float to_a = number(gradient[i]), to_b = number(gradient[i + stride]), to_c = number(gradient[i + 2 * stride]), to_d = number(gradient[i + 3 * stride]);
      to_a = passed(a, to_a, scale[i], shift[i]);
      to_b = passed(b, to_b, scale[i], shift[i]);
      to_c = passed(c, to_c, scale[i], shift[i]);
      to_d = passed(d, to_d, scale[i], shift[i]);
      sums[i] += (to_a + to_b) + (to_c + to_d);
      products[i] += (to_a * (a - mean[i]) + to_b * (b - mean[i])) + (to_c * (c - mean[i]) + to_d * (d - mean[i]));
    }
  }
  for (; row < rows; row++) {
    const Value *__restrict value = maps.from(row, 0).first, *__restrict gradient = gradients.from(row, 0).first;
    INDEPENDENT
    for (int64_t i = 0; i < channels; i++) {
      const float a = number(value[i]), to_a = passed(a, number(gradient[i]), scale[i], shift[i]);
      sums[i] += to_a;
      products[i] += to_a * (a - mean[i]);
    }
  }
}

template <typename Value>
INLINED void gradients_of_rows(Rows<const Value> maps, Rows<const Value> gradients, int64_t rows, int64_t channels, Affine affine,
                               Correction correction, Rows<Value> results) {
  const float *__restrict scale = affine.scale, *__restrict shift = affine.shift;
  const float *__restrict mean = correction.mean, *__restrict offset = correction.offset, *__restrict slope = correction.slope;
  for (int64_t row = 0; row < rows; row++) {
    const Value *__restrict value = maps.from(row, 0).first, *__restrict gradient = gradients.from(row, 0).first;
    Value* __restrict result = results.from(row, 0).first;
    INDEPENDENT
    for (int64_t i = 0; i < channels; i++) {
      const float a = number(value[i]), to_a = passed(a, number(gradient[i]), scale[i], shift[i]);
      assign(result[i], to_a * scale[i] - offset[i] - (a - mean[i]) * slope[i]);
    }
  }
}

}  // namespace

FOR_THE_PROCESSOR void moments(Rows<const float> maps, int64_t rows, int64_t channels, float* mean, float* squares) {
  moments_of(maps, rows, channels, mean, squares);
}

FOR_THE_PROCESSOR void moments(Rows<const uint16_t> maps, int64_t rows, int64_t channels, float* mean, float* squares) {
  moments_of(maps, rows, channels, mean, squares);
}

FOR_THE_PROCESSOR void normalise(Rows<const float> maps, int64_t rows, int64_t channels, Affine affine, Rows<float> results) {
  normalise_rows(maps, rows, channels, affine, results);
}

FOR_THE_PROCESSOR void normalise(Rows<const uint16_t> maps, int64_t rows, int64_t channels, Affine affine, Rows<uint16_t> results) {
  normalise_rows(maps, rows, channels, affine, results);
}

FOR_THE_PROCESSOR void gradient_sums(Rows<const float> maps, Rows<const float> gradients, int64_t rows, int64_t channels, Affine affine,
                                     const float* mean, float* sums, float* products) {
  add_gradients(maps, gradients, rows, channels, affine, mean, sums, products);
}

FOR_THE_PROCESSOR void gradient_sums(Rows<const uint16_t> maps, Rows<const uint16_t> gradients, int64_t rows, int64_t channels, Affine affine,
                                     const float* mean, float* sums, float* products) {
  add_gradients(maps, gradients, rows, channels, affine, mean, sums, products);
}

FOR_THE_PROCESSOR void map_gradients(Rows<const float> maps, Rows<const float> gradients, int64_t rows, int64_t channels, Affine affine,
                                     Correction correction, Rows<float> results) {
  gradients_of_rows(maps, gradients, rows, channels, affine, correction, results);
}

FOR_THE_PROCESSOR void map_gradients(Rows<const uint16_t> maps, Rows<const uint16_t> gradients, int64_t rows, int64_t channels, Affine affine,
                                     Correction correction, Rows<uint16_t> results) {
  gradients_of_rows(maps, gradients, rows, channels, affine, correction, results);
}

}  // namespace ascend4j
