// Process groups that operators of _c10d_functional find by name.
#pragma once

#include <torch/csrc/distributed/c10d/Backend.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroup.hpp>

#include <cstdint>
#include <string>

#include "intrusive_ptr_adapter.h"

namespace ascend4j {

// A group whose collectives on tensors of a device type run on a backend, named "gloo", "nccl" or another registered
// one. c10d refers to it weakly: the name resolves as long as the caller holds the group.
c10::intrusive_ptr<c10d::ProcessGroup> register_group(const std::string& name, c10::intrusive_ptr<c10d::Store> store,
                                                      int32_t rank, int32_t size, int32_t device_type,
                                                      const std::string& backend_name,
                                                      c10::intrusive_ptr<c10d::Backend> backend);
void unregister_group(const std::string& name);

}  // namespace ascend4j
