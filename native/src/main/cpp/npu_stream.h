// Streams of torch_npu, identified by their device and torch's number of the stream (c10::StreamId).
#pragma once

#include <cstdint>

namespace ascend4j {

// Returns the stream to which the calling thread submits work on a device.
int64_t npu_current_stream(int32_t device);

// Returns the default stream, with which every thread starts.
int64_t npu_default_stream(int32_t device);

// Returns the next stream of the device's pool, which is used in rotation.
int64_t npu_pool_stream(int32_t device, bool high_priority);

// Makes a stream the calling thread's current one and returns the previous one.
int64_t npu_exchange_stream(int32_t device, int64_t stream);

// Waits until all work submitted to a stream has finished.
void npu_synchronize_stream(int32_t device, int64_t stream);

}  // namespace ascend4j
