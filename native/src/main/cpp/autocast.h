// The calling thread's autocast state (at::autocast), by torch's device and scalar type numbers.
#pragma once

#include <cstdint>

namespace ascend4j {

bool autocast_enabled(int32_t device_type);
void set_autocast_enabled(int32_t device_type, bool enabled);
int32_t autocast_dtype(int32_t device_type);
void set_autocast_dtype(int32_t device_type, int32_t scalar_type);
bool autocast_cache_enabled();
void set_autocast_cache_enabled(bool enabled);

// The nesting of torch.autocast: weights cast in a region are cached until the outermost one ends.
int32_t autocast_enter();
int32_t autocast_exit();
void clear_autocast_cache();

}  // namespace ascend4j
