// What kind of memory an address is.
#pragma once

namespace sim {

/** The device that owns ADDRESS, or -1 for host memory. */
int device_of(const void* address);

/** True when aclrtMallocHost gave ADDRESS. */
bool is_pinned(const void* address);

}  // namespace sim
