// The kind of memory that an address refers to.
#pragma once

namespace sim {

/** Returns the device that owns ADDRESS, or -1 for host memory. */
int device_of(const void* address);

/** Returns true if aclrtMallocHost returned ADDRESS. */
bool is_pinned(const void* address);

}  // namespace sim
