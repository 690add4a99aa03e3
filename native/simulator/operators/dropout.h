// The mask of dropout: one bit per element, least significant bit first, 1 if the element is kept.
#pragma once

#include "operator.h"

namespace sim {

/** Returns the bits of MASK as 0 and 1 in fp32. */
Tensor kept(const Tensor& mask, at::IntArrayRef shape);

}  // namespace sim
