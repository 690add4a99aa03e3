// Devices of torch_npu through the interfaces that torch itself defines (c10's device guard, ATen's hooks) and through
// CANN's C API. Both are stable between torch_npu releases, unlike torch_npu's own C++ classes.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>

namespace ascend4j {

// Returns whether a torch_npu has registered itself with this libtorch.
bool npu_registered();

// Starts the runtime that torch_npu would otherwise start at its first tensor.
void npu_initialize();

int32_t npu_device_count();
int32_t npu_current_device();
void npu_set_device(int32_t device);
void npu_synchronize(int32_t device);

// Makes the process end without the teardown of torch_npu and CANN, which would wait for a device that does not
// respond.
void npu_abandon();

// Returns the SoC's name as CANN prints it, such as Ascend910B1.
std::string npu_soc_name();

// Return the device's free memory and its total memory, in bytes.
int64_t npu_free_memory(int32_t device);
int64_t npu_total_memory(int32_t device);

// Functions for the device's default random generator; its state is a uint8 CPU tensor.
void npu_seed(int32_t device, int64_t seed);
int64_t npu_initial_seed(int32_t device);
at::Tensor npu_generator_state(int32_t device);
void npu_set_generator_state(int32_t device, const at::Tensor& state);

}  // namespace ascend4j
