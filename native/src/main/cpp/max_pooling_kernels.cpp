#include "max_pooling_kernels.h"

#include <algorithm>
#include <cstring>
#include <type_traits>

// A function can be compiled for another processor only together with all functions that it calls; so these are
// inlined.
#define ALWAYS_INLINE __attribute__((always_inline))
#define INLINED inline ALWAYS_INLINE
// The calling convention for vectors is irrelevant, because these functions are inlined.
#pragma GCC diagnostic ignored "-Wpsabi"

namespace ascend4j {

namespace {

#if defined(__x86_64__)
#pragma GCC push_options
#pragma GCC target("arch=x86-64-v4")
namespace avx512 {
constexpr int BYTES = 64;
#include "max_pooling_vectors.inc"
}
#pragma GCC pop_options
#pragma GCC push_options
#pragma GCC target("arch=x86-64-v3")
namespace avx2 {
constexpr int BYTES = 32;
#include "max_pooling_vectors.inc"
}
#pragma GCC pop_options
#endif
namespace baseline {
constexpr int BYTES = 16;
#include "max_pooling_vectors.inc"
}

}  // namespace

#if defined(__x86_64__)
#define BEST_OF_PROCESSOR(function) \
  (__builtin_cpu_supports("x86-64-v4") ? avx512::function : __builtin_cpu_supports("x86-64-v3") ? avx2::function : baseline::function)
#else
#define BEST_OF_PROCESSOR(function) baseline::function
#endif

void largest(const PoolingInput<float>* inputs, int64_t count, int64_t channels, float* output, int32_t* taps) {
  static const auto best = BEST_OF_PROCESSOR(largest<float>);
  best(inputs, count, channels, output, taps);
}

void largest(const PoolingInput<c10::BFloat16>* inputs, int64_t count, int64_t channels, c10::BFloat16* output, int16_t* taps) {
  static const auto best = BEST_OF_PROCESSOR(largest<c10::BFloat16>);
  best(inputs, count, channels, output, taps);
}

void gather(const PoolingGradient<float>* windows, int64_t count, int64_t channels, float* sums) {
  static const auto best = BEST_OF_PROCESSOR(gather<float>);
  best(windows, count, channels, sums);
}

void gather(const PoolingGradient<c10::BFloat16>* windows, int64_t count, int64_t channels, c10::BFloat16* sums) {
  static const auto best = BEST_OF_PROCESSOR(gather<c10::BFloat16>);
  best(windows, count, channels, sums);
}

}  // namespace ascend4j
