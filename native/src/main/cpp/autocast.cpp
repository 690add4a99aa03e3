#include "autocast.h"

#include <ATen/autocast_mode.h>

#include "guarded.h"

namespace ascend4j {

namespace {

c10::DeviceType device(int32_t type) { return static_cast<c10::DeviceType>(type); }

}  // namespace

bool autocast_enabled(int32_t device_type) {
  return guarded([&] { return at::autocast::is_autocast_enabled(device(device_type)); });
}

void set_autocast_enabled(int32_t device_type, bool enabled) {
  guarded([&] { at::autocast::set_autocast_enabled(device(device_type), enabled); });
}

int32_t autocast_dtype(int32_t device_type) {
  return guarded([&] { return static_cast<int32_t>(at::autocast::get_autocast_dtype(device(device_type))); });
}

void set_autocast_dtype(int32_t device_type, int32_t scalar_type) {
  guarded([&] {
    const auto type = static_cast<c10::ScalarType>(scalar_type);
    TORCH_CHECK(c10::isFloatingType(type), "autocast expects a floating type, found ", type);
    at::autocast::set_autocast_dtype(device(device_type), type);
  });
}

bool autocast_cache_enabled() { return guarded([] { return at::autocast::is_autocast_cache_enabled(); }); }

void set_autocast_cache_enabled(bool enabled) {
  guarded([&] { at::autocast::set_autocast_cache_enabled(enabled); });
}

int32_t autocast_enter() { return guarded([] { return at::autocast::increment_nesting(); }); }

int32_t autocast_exit() { return guarded([] { return at::autocast::decrement_nesting(); }); }

void clear_autocast_cache() { guarded([] { at::autocast::clear_cache(); }); }

}  // namespace ascend4j
