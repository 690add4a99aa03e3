// The mask of dropout: one bit for each element, least significant first, 1 where the element is kept.
#pragma once

#include "operator.h"

namespace sim {

/** The bits of MASK as 0 and 1 in fp32. */
Tensor kept(const Tensor& mask, at::IntArrayRef shape);

}  // namespace sim
