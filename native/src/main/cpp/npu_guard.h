// Access to torch_npu for the other sources.
#pragma once

#include <c10/core/Device.h>
#include <c10/core/Stream.h>
#include <c10/core/impl/DeviceGuardImplInterface.h>
#include <c10/util/Exception.h>

#include <cstdint>
#include <stdexcept>
#include <string>

namespace ascend4j {

// Returns an NPU device; torch stores device indices in eight bits.
inline c10::Device npu(int32_t index) {
  TORCH_CHECK(index >= 0 && index <= INT8_MAX, "an NPU's index expects 0 to ", INT8_MAX, ", found ", index);
  return c10::Device(c10::DeviceType::PrivateUse1, static_cast<c10::DeviceIndex>(index));
}

inline c10::Stream npu_stream(int32_t device, int64_t id) {
  return c10::Stream(c10::Stream::UNSAFE, npu(device), id);
}

// Returns torch_npu's device guard; throws if torch_npu is not loaded.
const c10::impl::DeviceGuardImplInterface& npu_guard();

// Returns a function of a library that is already loaded in the process; nullptr if the library or the function is
// missing.
void* loaded_symbol(const char* library, const char* name);

// Returns a function of a loaded library; throws if the library or the function is missing.
template <typename Function>
Function* loaded_function(const char* library, const char* name) {
  void* symbol = loaded_symbol(library, name);
  if (symbol == nullptr) {
    throw std::runtime_error("expected " + std::string(name) + " in a loaded " + library + ", found none");
  }
  return reinterpret_cast<Function*>(symbol);
}

// Returns a function of torch_npu's own library by its mangled name.
template <typename Function>
Function* torch_npu(const char* name) {
  return loaded_function<Function>("libtorch_npu.so", name);
}

// Returns a function of CANN's runtime library, which torch_npu has loaded.
template <typename Function>
Function* acl(const char* name) {
  return loaded_function<Function>("libascendcl.so", name);
}

// Returns CANN's stream after torch_npu's queue has launched all work before this call; throws if that failed.
void* native_stream(const c10::Stream& stream);

// Throws with CANN's own explanation unless code is 0.
void acl_check(int code, const char* call);

}  // namespace ascend4j
