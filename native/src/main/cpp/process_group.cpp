#include "process_group.h"

#define USE_C10D_GLOO
#include <torch/csrc/distributed/c10d/GroupRegistry.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>

#include <chrono>

#include "guarded.h"

namespace ascend4j {

c10::intrusive_ptr<c10d::ProcessGroup> gloo_group(const std::string& name, c10::intrusive_ptr<c10d::Store> store,
                                                  int32_t rank, int32_t size, const std::string& network_interface,
                                                  int64_t timeout_milliseconds) {
  return guarded([&] {
    using Gloo = c10d::ProcessGroupGloo;
    auto options = Gloo::Options::create(std::chrono::milliseconds(timeout_milliseconds));
    // Sums run one after the other, in the order in which they are waited for: two at a time would share the network
    // bandwidth.
    options->threads = 1;
    options->devices.push_back(network_interface.empty() ? Gloo::createDefaultDevice()
                                                         : Gloo::createDeviceForInterface(network_interface));
    auto gloo = c10::make_intrusive<Gloo>(store, rank, size, options);
    auto group = c10::make_intrusive<c10d::ProcessGroup>(std::move(store), rank, size);
    group->setBackend(c10::DeviceType::CPU, c10d::ProcessGroup::GLOO, gloo);
    group->setDefaultBackend(c10d::ProcessGroup::GLOO);
    group->setGroupName(name);
    c10d::register_process_group(name, group);
    return group;
  });
}

void unregister_group(const std::string& name) {
  guarded([&] { c10d::unregister_process_group(name); });
}

}  // namespace ascend4j
