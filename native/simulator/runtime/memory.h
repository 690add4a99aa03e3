// Device memory: every device is a reserved, inaccessible address range; the host side is a second mapping of the pages.
#pragma once

#include <acl/acl.h>

#include <cstddef>

namespace sim {

aclError allocate(int device, size_t bytes, void** address);
aclError release(void* address);

/** The device that owns ADDRESS, or -1 for host memory. */
int device_of(const void* address);

size_t used_bytes(int device);

bool is_pinned(const void* address);

}  // namespace sim
