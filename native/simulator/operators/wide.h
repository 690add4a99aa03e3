// Cube units multiply half-precision numbers and accumulate in fp32; so these kernels compute in fp32 and round once at
// the end.
#pragma once

#include "operator.h"

namespace sim {

inline Tensor wide(const Tensor& tensor) {
    return tensor.scalar_type() == at::kHalf || tensor.scalar_type() == at::kBFloat16 ? tensor.to(at::kFloat) : tensor;
}

inline MaybeTensor wide(const MaybeTensor& tensor) { return tensor ? MaybeTensor(wide(*tensor)) : std::nullopt; }

}  // namespace sim
