// Copies and fills. Addresses are checked against the direction of the copy and the live allocations, as a card's MMU
// would.
#include "codes.h"
#include "counters.h"
#include "memory.h"
#include "settings.h"
#include "stream.h"

#include <cstring>

namespace sim {

namespace {

// Kinds for which the headers of the oldest wheel have no names yet.
constexpr int kDefault = 4;
constexpr int kHostToBufferToDevice = 5;

enum class Direction { host_to_host, host_to_device, device_to_host, device_to_device };

Direction direction_of(const void* destination, const void* source) {
    bool to_device = device_of(destination) >= 0;
    bool from_device = device_of(source) >= 0;
    return to_device ? (from_device ? Direction::device_to_device : Direction::host_to_device)
                     : (from_device ? Direction::device_to_host : Direction::host_to_host);
}

bool agrees(aclrtMemcpyKind kind, Direction direction) {
    switch (static_cast<int>(kind)) {
        case ACL_MEMCPY_HOST_TO_HOST:
            return direction == Direction::host_to_host;
        case ACL_MEMCPY_HOST_TO_DEVICE:
        case kHostToBufferToDevice:
            return direction == Direction::host_to_device;
        case ACL_MEMCPY_DEVICE_TO_HOST:
            return direction == Direction::device_to_host;
        case kDefault:
            return true;
        default:
            return direction == Direction::device_to_device;
    }
}

aclError check(const void* destination, size_t room, const void* source, size_t bytes, aclrtMemcpyKind kind) {
    if (bytes > room) {
        return fail(ACL_ERROR_INVALID_PARAM,
                    "a copy of " + std::to_string(bytes) + " bytes to " + std::to_string(room));
    }
    if (!agrees(kind, direction_of(destination, source))) {
        return fail(ACL_ERROR_INVALID_PARAM, "a copy's addresses contradict its kind " + std::to_string(kind));
    }
    for (const void* address : {destination, source}) {
        if (device_of(address) >= 0 && !is_allocated(address, bytes)) {
            return fail(ACL_ERROR_INVALID_PARAM, "a copy outside of allocated device memory");
        }
    }
    return ACL_SUCCESS;
}

/** Returns an error if an open capture forbids the calling thread the synchronous FUNCTION. */
aclError check_synchronous(const char* function) {
    if (!allows_synchronous_calls()) {
        return fail(kCaptureModeRefuses, std::string(function) + " while a stream is captured");
    }
    return ACL_SUCCESS;
}

bool is_pageable(const void* address) { return device_of(address) < 0 && !is_pinned(address); }

/** Returns an error if a capture forbids copying pageable memory, which the runtime does synchronously. */
aclError check_pageable(aclrtStream stream) {
    constexpr double kOwnCodesSince = 9.1;
    bool own_codes = is_cann_since(kOwnCodesSince);
    if (is_captured(stream)) {
        return fail(own_codes ? ACL_ERROR_RT_PARAM_INVALID : kStreamCaptured,
                    "The pageable memory copy task does not support graph capture");
    }
    if (!allows_synchronous_calls()) {
        return fail(own_codes ? kCaptureModeBlocksAsync : kCaptureModeRefuses,
                    "an asynchronous copy of pageable memory while a stream is captured");
    }
    return ACL_SUCCESS;
}

void count(const void* destination, const void* source, size_t bytes) {
    switch (direction_of(destination, source)) {
        case Direction::host_to_device:
            return count_h2d(bytes);
        case Direction::device_to_host:
            return count_d2h(bytes);
        case Direction::device_to_device:
            return count_d2d(bytes);
        case Direction::host_to_host:
            return;
    }
}

}  // namespace

}  // namespace sim

extern "C" {

aclError aclrtMemcpy(void* destination, size_t room, const void* source, size_t bytes, aclrtMemcpyKind kind) {
    if (aclError code = sim::check_synchronous("aclrtMemcpy")) {
        return code;
    }
    if (aclError code = sim::check(destination, room, source, bytes, kind)) {
        return code;
    }
    sim::count(destination, source, bytes);
    std::memmove(sim::to_host(destination), sim::to_host(source), bytes);
    return ACL_SUCCESS;
}

aclError aclrtMemcpyAsync(void* destination, size_t room, const void* source, size_t bytes, aclrtMemcpyKind kind,
                          aclrtStream stream) {
    if (aclError code = sim::check(destination, room, source, bytes, kind)) {
        return code;
    }
    if (sim::is_pageable(destination) || sim::is_pageable(source)) {
        if (aclError code = sim::check_pageable(stream)) {
            return code;
        }
    }
    if (!sim::is_captured(stream)) {
        sim::count(destination, source, bytes);
    }
    return sim::enqueue(stream, "aclrtMemcpyAsync", [=] {
        std::memmove(sim::to_host(destination), sim::to_host(source), bytes);
    });
}

aclError aclrtMemset(void* address, size_t room, int32_t value, size_t bytes) {
    if (aclError code = sim::check_synchronous("aclrtMemset")) {
        return code;
    }
    if (bytes > room || (sim::device_of(address) >= 0 && !sim::is_allocated(address, bytes))) {
        return sim::fail(ACL_ERROR_INVALID_PARAM, "aclrtMemset outside of allocated device memory");
    }
    std::memset(sim::to_host(address), value, bytes);
    return ACL_SUCCESS;
}

aclError aclrtMemsetAsync(void* address, size_t room, int32_t value, size_t bytes, aclrtStream stream) {
    if (bytes > room || (sim::device_of(address) >= 0 && !sim::is_allocated(address, bytes))) {
        return sim::fail(ACL_ERROR_INVALID_PARAM, "aclrtMemsetAsync outside of allocated device memory");
    }
    return sim::enqueue(stream, "aclrtMemsetAsync", [=] { std::memset(sim::to_host(address), value, bytes); });
}

}  // extern "C"
