// Streams of torch_npu, by the device they belong to and torch's number of the stream (c10::StreamId).
#pragma once

#include <cstdint>

namespace ascend4j {

// The stream that the calling thread submits to on a device.
int64_t npu_current_stream(int32_t device);

// The stream that every thread starts with.
int64_t npu_default_stream(int32_t device);

// The next stream of the device's pool, in turn; streams come round again.
int64_t npu_pool_stream(int32_t device, bool high_priority);

// Makes a stream the calling thread's current one and returns the one before.
int64_t npu_exchange_stream(int32_t device, int64_t stream);

// Waits until all that was submitted to a stream is done.
void npu_synchronize_stream(int32_t device, int64_t stream);

}  // namespace ascend4j
