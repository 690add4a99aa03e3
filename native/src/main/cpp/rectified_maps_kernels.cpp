#include "rectified_maps_kernels.h"

#include "processor.h"

namespace ascend4j {

namespace {
constexpr uint16_t SIGN = 0x8000, INFINITE = 0x7f80;
}

FOR_THE_PROCESSOR void rectify(const float* __restrict from, float* __restrict to, int64_t count) {
  for (int64_t i = 0; i < count; i++) to[i] = from[i] < 0 ? 0 : from[i];
}

FOR_THE_PROCESSOR void rectify(const uint16_t* __restrict from, uint16_t* __restrict to, int64_t count) {
  // Negative numbers, as bits, range from SIGN to SIGN | INFINITE; larger values are NaN.
  for (int64_t i = 0; i < count; i++) to[i] = from[i] >= SIGN && from[i] <= (SIGN | INFINITE) ? 0 : from[i];
}

FOR_THE_PROCESSOR void pass_where_positive(const float* __restrict rectified, const float* __restrict gradients, float* __restrict to,
                                           int64_t count) {
  for (int64_t i = 0; i < count; i++) to[i] = rectified[i] <= 0 ? 0 : gradients[i];
}

// The bits of a rectified number are zero, positive or NaN.
FOR_THE_PROCESSOR void pass_where_positive(const uint16_t* __restrict rectified, const uint16_t* __restrict gradients, uint16_t* __restrict to,
                                           int64_t count) {
  for (int64_t i = 0; i < count; i++) to[i] = rectified[i] == 0 ? 0 : gradients[i];
}

}  // namespace ascend4j
