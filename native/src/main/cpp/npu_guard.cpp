#include "npu_guard.h"

#include <dlfcn.h>

namespace ascend4j {

const c10::impl::DeviceGuardImplInterface& npu_guard() {
  if (!c10::impl::hasDeviceGuardImpl(c10::DeviceType::PrivateUse1)) {
    throw std::runtime_error("expected torch_npu in this process, found none: import torch_npu in the embedded Python, "
                             "or load libtorch_npu, first");
  }
  return *c10::impl::getDeviceGuardImpl(c10::DeviceType::PrivateUse1);
}

void* loaded_symbol(const char* library, const char* name) {
  void* handle = dlopen(library, RTLD_LAZY | RTLD_NOLOAD);
  if (handle == nullptr) {
    return nullptr;
  }
  void* symbol = dlsym(handle, name);
  dlclose(handle);  // releases only the reference that dlopen added
  return symbol;
}

void* native_stream(const c10::Stream& stream) {
  static auto launched = torch_npu<void*(const c10::Stream*)>("_ZNK7c10_npu9NPUStream6streamEv");
  return launched(&stream);
}

void acl_check(int code, const char* call) {
  if (code == 0) {
    return;
  }
  const char* detail = acl<const char*()>("aclGetRecentErrMsg")();
  throw std::runtime_error(std::string(call) + " of CANN failed with error " + std::to_string(code) +
                           (detail == nullptr ? "" : ": " + std::string(detail)));
}

}  // namespace ascend4j
