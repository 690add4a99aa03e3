// The inner loops of rectified maps over adjacent numbers, compiled for the processor at hand.
#pragma once

#include <cstdint>

namespace ascend4j {

// bf16 values are passed as their bits. NaN stays NaN.
void rectify(const float* from, float* to, int64_t count);
void rectify(const uint16_t* from, uint16_t* to, int64_t count);

// Copies the gradients whose rectified value is positive or NaN, and writes zeros for the others.
void pass_where_positive(const float* rectified, const float* gradients, float* to, int64_t count);
void pass_where_positive(const uint16_t* rectified, const uint16_t* gradients, uint16_t* to, int64_t count);

}  // namespace ascend4j
