#include "npu_device.h"

#include <ATen/Context.h>
#include <ATen/core/Generator.h>
#include <c10/core/DeviceGuard.h>
#include <stdlib.h>
#include <unistd.h>

#include <cstdio>
#include <mutex>
#include <stdexcept>

#include "arguments.h"
#include "guarded.h"
#include "npu_guard.h"

namespace ascend4j {

namespace {

constexpr int kHbmMemory = 1;  // ACL_HBM_MEM of CANN's acl/acl_rt.h

struct Memory {
  size_t free;
  size_t total;
};

Memory memory(int32_t device) {
  npu_guard();
  c10::DeviceGuard current(npu(device));
  Memory found{0, 0};
  acl_check(acl<int(int, size_t*, size_t*)>("aclrtGetMemInfo")(kHbmMemory, &found.free, &found.total),
            "aclrtGetMemInfo");
  return found;
}

// at_npu::detail::getDefaultNPUGenerator(c10::DeviceIndex). The hook that torch defines for this is only the second
// choice: up to 2.7.1.post8 torch_npu declares it with another signature, so that it overrides nothing.
at::Generator generator(int32_t device) {
  npu_guard();
  using Getter = const at::Generator&(c10::DeviceIndex);
  void* getter = loaded_symbol("libtorch_npu.so", "_ZN6at_npu6detail22getDefaultNPUGeneratorEa");
  if (getter != nullptr) {
    return reinterpret_cast<Getter*>(getter)(static_cast<c10::DeviceIndex>(device));
  }
  return at::globalContext().defaultGenerator(npu(device));
}

}  // namespace

bool npu_registered() { return c10::impl::hasDeviceGuardImpl(c10::DeviceType::PrivateUse1); }

void npu_initialize() {
  guarded([] {
    npu_guard();
    at::globalContext().lazyInitDevice(c10::DeviceType::PrivateUse1);
  });
}

int32_t npu_device_count() {
  return guarded([] { return static_cast<int32_t>(npu_guard().deviceCount()); });
}

int32_t npu_current_device() {
  return guarded([] { return static_cast<int32_t>(npu_guard().getDevice().index()); });
}

void npu_set_device(int32_t device) {
  guarded([&] { npu_guard().setDevice(npu(device)); });
}

void npu_synchronize(int32_t device) {
  guarded([&] {
    const auto& guard = npu_guard();
    c10::DeviceGuard current(npu(device));
    guard.synchronizeDevice(static_cast<c10::DeviceIndex>(device));
  });
}

// Exit handlers run in reverse order, so this one runs before all that the libraries have registered.
void npu_abandon() {
  auto end = [](int status, void*) {
    std::fflush(nullptr);
    _exit(status);
  };
  if (on_exit(end, nullptr) != 0) {
    throw std::runtime_error("the process cannot register how it ends");
  }
}

std::string npu_soc_name() {
  return guarded([] {
    npu_guard();
    const char* name = acl<const char*()>("aclrtGetSocName")();
    return std::string(name == nullptr ? "" : name);
  });
}

int64_t npu_free_memory(int32_t device) {
  return guarded([&] { return static_cast<int64_t>(memory(device).free); });
}

int64_t npu_total_memory(int32_t device) {
  return guarded([&] { return static_cast<int64_t>(memory(device).total); });
}

void npu_seed(int32_t device, int64_t seed) {
  guarded([&] {
    at::Generator target = generator(device);
    std::lock_guard<std::mutex> lock(target.mutex());
    target.set_current_seed(static_cast<uint64_t>(seed));
  });
}

int64_t npu_initial_seed(int32_t device) {
  return guarded([&] {
    at::Generator source = generator(device);
    std::lock_guard<std::mutex> lock(source.mutex());
    return static_cast<int64_t>(source.current_seed());
  });
}

at::Tensor npu_generator_state(int32_t device) {
  return guarded([&] {
    at::Generator source = generator(device);
    std::lock_guard<std::mutex> lock(source.mutex());
    return source.get_state();
  });
}

void npu_set_generator_state(int32_t device, const at::Tensor& state) {
  guarded([&] {
    expect(on_host(state, at::kByte) && state.dim() == 1 && state.is_contiguous(), "an NPU's generator",
           "its state, one dimension on the CPU in Byte", state);
    at::Generator target = generator(device);
    std::lock_guard<std::mutex> lock(target.mutex());
    target.set_state(state);
  });
}

}  // namespace ascend4j
