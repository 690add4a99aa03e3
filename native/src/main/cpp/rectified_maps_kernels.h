// The inner loops of rectified maps over neighbouring numbers, for the processor that they run on.
#pragma once

#include <cstdint>

namespace ascend4j {

// Values of bf16 are taken by their bits. NaN stays NaN.
void rectify(const float* from, float* to, int64_t count);
void rectify(const uint16_t* from, uint16_t* to, int64_t count);

// Passes the gradients on whose rectified value is positive or NaN, and writes zeros for the others.
void pass_where_positive(const float* rectified, const float* gradients, float* to, int64_t count);
void pass_where_positive(const uint16_t* rectified, const uint16_t* gradients, uint16_t* to, int64_t count);

}  // namespace ascend4j
