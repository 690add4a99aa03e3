#include "libtorch_npu.h"

#include <c10/core/Device.h>
#include <dlfcn.h>

#include <stdexcept>

#include "guarded.h"
#include "npu_guard.h"

namespace ascend4j {

namespace {

void* library_handle = nullptr;  // never closed, because torch keeps the library's registrations

template <typename Function>
Function* exported(const char* symbol, const char* name) {
  if (library_handle == nullptr) {
    throw std::runtime_error("libtorch_npu expected to be started, found that it is not");
  }
  void* function = dlsym(library_handle, symbol);
  if (function == nullptr) {
    throw std::runtime_error(std::string("expected a libtorch_npu made by build_libtorch_npu.py, found one without ") +
                             name + ", as in the Python wheel");
  }
  return reinterpret_cast<Function*>(function);
}

}  // namespace

void libtorch_npu_start(const std::string& library, int32_t device) {
  guarded([&] {
    if (library_handle != nullptr || c10::impl::hasDeviceGuardImpl(c10::DeviceType::PrivateUse1)) {
      throw std::runtime_error("a torch_npu is already running in this process, and a process can start it once");
    }
    library_handle = dlopen(library.c_str(), RTLD_NOW | RTLD_GLOBAL);
    if (library_handle == nullptr) {
      throw std::runtime_error("cannot open libtorch_npu: " + std::string(dlerror()));
    }
    exported<void(const c10::Device&)>("_ZN9torch_npu8init_npuERKN3c106DeviceE", "torch_npu::init_npu")(npu(device));
  });
}

void libtorch_npu_synchronize() {
  guarded([] { exported<void(int64_t)>("_ZN5torch3npu11synchronizeEl", "torch::npu::synchronize")(-1); });
}

void libtorch_npu_finish() {
  guarded([] { exported<void()>("_ZN9torch_npu12finalize_npuEv", "torch_npu::finalize_npu")(); });
}

}  // namespace ascend4j
