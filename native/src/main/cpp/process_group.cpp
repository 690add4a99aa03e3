#include "process_group.h"

#include <torch/csrc/distributed/c10d/GroupRegistry.hpp>

#include "guarded.h"

namespace ascend4j {

c10::intrusive_ptr<c10d::ProcessGroup> register_group(const std::string& name, c10::intrusive_ptr<c10d::Store> store,
                                                      int32_t rank, int32_t size, int32_t device_type,
                                                      const std::string& backend_name,
                                                      c10::intrusive_ptr<c10d::Backend> backend) {
  return guarded([&] {
    auto group = c10::make_intrusive<c10d::ProcessGroup>(std::move(store), rank, size);
    auto type = c10d::ProcessGroup::strToBackendType(backend_name);
    group->setBackend(static_cast<c10::DeviceType>(device_type), type, backend);
    group->setDefaultBackend(type);
    group->setGroupName(name);
    c10d::register_process_group(name, group);
    return group;
  });
}

void unregister_group(const std::string& name) {
  guarded([&] { c10d::unregister_process_group(name); });
}

}  // namespace ascend4j
