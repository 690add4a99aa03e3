// aclrtPointerGetAttributes, which the headers of the oldest wheel lack; so its structure is defined here.
#include "address.h"

#include <cstdint>

namespace {

enum Location : uint32_t { kHost = 0, kDevice = 1, kUnregistered = 2 };

struct PointerAttributes {
    uint32_t id;
    Location location;
    uint32_t page_size;
    uint32_t reserved[4];
};

}  // namespace

extern "C" int aclrtPointerGetAttributes(const void* address, PointerAttributes* attributes) {
    int device = sim::device_of(address);
    *attributes = {};
    attributes->id = device >= 0 ? static_cast<uint32_t>(device) : 0;
    attributes->location = device >= 0 ? kDevice : sim::is_pinned(address) ? kHost : kUnregistered;
    return 0;
}
