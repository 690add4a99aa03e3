// Process groups that operators of _c10d_functional find by name.
#pragma once

#include <torch/csrc/distributed/c10d/ProcessGroup.hpp>

#include <cstdint>
#include <string>

#include "intrusive_ptr_adapter.h"

namespace ascend4j {

// Connects the ranks with gloo, over one network interface (if it is empty, over that of this host's name), and
// registers the group under its name for tensors on the CPU. c10d holds only a weak reference: the name resolves as
// long as the caller holds the group.
//
// The presets' ProcessGroupGloo cannot be used: their adapter of intrusive_ptr keeps no reference to the result of a
// constructor.
c10::intrusive_ptr<c10d::ProcessGroup> gloo_group(const std::string& name, c10::intrusive_ptr<c10d::Store> store,
                                                  int32_t rank, int32_t size, const std::string& network_interface,
                                                  int64_t timeout_milliseconds);
void unregister_group(const std::string& name);

}  // namespace ascend4j
