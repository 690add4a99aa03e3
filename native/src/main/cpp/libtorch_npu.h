// torch_npu without Python: the libtorch_npu that build_libtorch_npu.py builds.
#pragma once

#include <cstdint>
#include <string>

namespace ascend4j {

// Opens the library, which registers the device "npu" with the loaded libtorch, and starts a device.
void libtorch_npu_start(const std::string& library, int32_t device);

// Waits for the current device's work.
void libtorch_npu_synchronize();

// Ends the runtime; no tensor on the device may exist any more.
void libtorch_npu_finish();

}  // namespace ascend4j
