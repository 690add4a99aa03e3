// The inner loops of max pooling over the channels of one pixel, compiled for the processor at hand.
#pragma once

#include <c10/core/ScalarType.h>
#include <c10/util/BFloat16.h>

#include <cstdint>

namespace ascend4j {

// The integer type that identifies the pixel of a window from which a maximum came: as wide as the values with which it
// is compared.
template <typename Value>
struct TapOf;
template <>
struct TapOf<float> {
  using Type = int32_t;
  static constexpr at::ScalarType SCALAR = at::kInt;
};
template <>
struct TapOf<c10::BFloat16> {
  using Type = int16_t;
  static constexpr at::ScalarType SCALAR = at::kShort;
};
template <typename Value>
using Tap = typename TapOf<Value>::Type;

// A pixel that a window reads, and its number in the window.
template <typename Value>
struct PoolingInput {
  const Value* values;
  Tap<Value> tap;
};

// A window that read a pixel: its gradients, the taps of its maxima, and the pixel's number in the window.
template <typename Value>
struct PoolingGradient {
  const Value* values;
  const Tap<Value>* taps;
  Tap<Value> tap;
};

// Writes each channel's largest value and, if taps is not null, the input from which it came: the first of equal
// values, or one that is NaN.
void largest(const PoolingInput<float>* inputs, int64_t count, int64_t channels, float* output, int32_t* taps);
void largest(const PoolingInput<c10::BFloat16>* inputs, int64_t count, int64_t channels, c10::BFloat16* output, int16_t* taps);

// Writes for each channel the sum, in order and in fp32, of the gradients of those windows whose maximum came from this
// pixel.
void gather(const PoolingGradient<float>* windows, int64_t count, int64_t channels, float* sums);
void gather(const PoolingGradient<c10::BFloat16>* windows, int64_t count, int64_t channels, c10::BFloat16* sums);

}  // namespace ascend4j
