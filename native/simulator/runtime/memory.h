// Device memory: every device is a reserved, inaccessible address range; the host side is a second mapping.
#pragma once

#include "address.h"

#include <acl/acl.h>

#include <cstddef>

namespace sim {

aclError allocate(int device, size_t bytes, void** address);
aclError release(void* address);

size_t used_bytes(int device);

}  // namespace sim
