// Reductions over the ranks' data.
#pragma once

#include <hccl/hccl.h>

#include <cstddef>
#include <vector>

namespace sim {

/** Returns the bytes of an element, or 0 for a type that is not simulated. */
size_t width(HcclDataType type);

/**
 * Computes OUT[i] = slots[0][i] op slots[1][i] op ..., in rank order; half precision accumulates in fp32 and rounds
 * once.
 */
void reduce(const std::vector<const char*>& slots, size_t count, HcclDataType type, HcclReduceOp op, void* out);

}  // namespace sim
