// Devices of torch_npu through the interfaces that torch itself defines (c10's device guard, ATen's hooks) and CANN's C
// API: both stay the same from one torch_npu to the next, which its own C++ classes do not.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>

namespace ascend4j {

// Whether a torch_npu has registered itself with this libtorch.
bool npu_registered();

// Starts the runtime that torch_npu would otherwise start at its first tensor.
void npu_initialize();

int32_t npu_device_count();
int32_t npu_current_device();
void npu_set_device(int32_t device);
void npu_synchronize(int32_t device);

// Lets the process end without the teardown of torch_npu and CANN, which would wait for a device that does not answer.
void npu_abandon();

// The SoC's name as CANN prints it, such as Ascend910B1.
std::string npu_soc_name();

// Bytes of device memory that no process holds, and in all.
int64_t npu_free_memory(int32_t device);
int64_t npu_total_memory(int32_t device);

// The device's default random generator; its state is a uint8 CPU tensor.
void npu_seed(int32_t device, int64_t seed);
int64_t npu_initial_seed(int32_t device);
at::Tensor npu_generator_state(int32_t device);
void npu_set_generator_state(int32_t device, const at::Tensor& state);

}  // namespace ascend4j
