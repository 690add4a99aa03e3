// How an operator of the older aclop interface is written: a function simAclopTYPE that libascendcl looks up.
#pragma once

#include "operator.h"

#include "runtime/aclop.h"

namespace sim {

/** The tensor of a call; aclop's are dense. */
Tensor view(const AclopTensor& tensor);

/** True where the caller gave this optional input. */
inline bool is_given(const AclopTensor& tensor) { return tensor.data != nullptr; }

aclError run_aclop(const char* name, aclrtStream stream, std::function<void()> kernel);

}  // namespace sim
