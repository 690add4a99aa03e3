// How an operator of the older aclop interface is written: as a function simAclopTYPE that libascendcl looks up.
#pragma once

#include "operator.h"

#include "runtime/aclop.h"

namespace sim {

/** Returns the tensor of a call; aclop's tensors are dense. */
Tensor view(const AclopTensor& tensor);

/** Returns true if the caller passed this optional input. */
inline bool is_given(const AclopTensor& tensor) { return tensor.data != nullptr; }

aclError run_aclop(const char* name, aclrtStream stream, std::function<void()> kernel);

}  // namespace sim
