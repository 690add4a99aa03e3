// Initialisation, devices and contexts. A context is identical to its device: every device has only its primary
// context.
#include "context.h"
#include "counters.h"
#include "memory.h"
#include "settings.h"
#include "simulator.h"
#include "stream.h"

#include <array>
#include <atomic>
#include <mutex>
#include <unistd.h>

namespace sim {

namespace {

constexpr int kMaxDevices = 64;
std::atomic<bool> initialised{false};
std::array<std::atomic<bool>, kMaxDevices> active;
std::array<Stream*, kMaxDevices> default_streams;
std::mutex default_streams_mutex;
thread_local int current = -1;

aclrtContext context_of(int device) { return &active[device]; }

bool is_device(int device) { return device >= 0 && device < settings().devices && device < kMaxDevices; }

aclError invalid(int device) {
    return fail(ACL_ERROR_RT_INVALID_DEVICEID, "device " + std::to_string(device) + " does not exist: there are " +
                                                   std::to_string(settings().devices) + " devices");
}

}  // namespace

int current_device() { return current; }
void set_current_device(int device) { current = device; }

Stream* stream_of(aclrtStream handle) {
    if (handle != nullptr) {
        return static_cast<Stream*>(handle);
    }
    if (current < 0) {
        return nullptr;
    }
    std::lock_guard<std::mutex> lock(default_streams_mutex);
    if (default_streams[current] == nullptr) {
        default_streams[current] = new Stream(current);
    }
    return default_streams[current];
}

}  // namespace sim

extern "C" {

aclError aclInit(const char* config) {
    sim::trace(std::string("aclInit ") + (config == nullptr ? "" : config));
    if (const sim::Fault* fault = sim::find_fault("init")) {
        return sim::fail(std::atoi(fault->value.c_str()), "aclInit failed (injected)");
    }
    sim::claim_counters();
    return sim::initialised.exchange(true) ? ACL_ERROR_REPEAT_INITIALIZE : ACL_SUCCESS;
}

aclError aclFinalize() {
    sim::trace("aclFinalize");
    sim::write_counters();
    return sim::initialised.exchange(false) ? ACL_SUCCESS : ACL_ERROR_UNINITIALIZE;
}

aclError aclrtGetDeviceCount(uint32_t* count) {
    *count = static_cast<uint32_t>(sim::settings().devices);
    return *count == 0 ? sim::fail(ACL_ERROR_RT_NO_DEVICE, "there is no device") : ACL_SUCCESS;
}

aclError aclrtSetDevice(int32_t device) {
    sim::trace("aclrtSetDevice " + std::to_string(device));
    if (!sim::is_device(device)) {
        return sim::invalid(device);
    }
    if (sim::find_fault("busy") != nullptr) {
        return sim::fail(ACL_ERROR_RT_DEV_SETUP_ERROR,
                         "device " + std::to_string(device) + " is busy: another process or container holds it");
    }
    sim::active[device] = true;
    sim::current = device;
    return ACL_SUCCESS;
}

aclError aclrtGetDevice(int32_t* device) {
    if (sim::current < 0) {
        return ACL_ERROR_RT_CONTEXT_NULL;
    }
    *device = sim::current;
    return ACL_SUCCESS;
}

aclError aclrtResetDevice(int32_t device) {
    if (!sim::is_device(device)) {
        return sim::invalid(device);
    }
    sim::active[device] = false;
    return sim::synchronise_device(device, -1);
}

aclError aclrtGetCurrentContext(aclrtContext* context) {
    if (sim::current < 0) {
        return ACL_ERROR_RT_CONTEXT_NULL;
    }
    *context = sim::context_of(sim::current);
    return ACL_SUCCESS;
}

aclError aclrtSetCurrentContext(aclrtContext context) {
    for (int device = 0; device < sim::settings().devices; ++device) {
        if (context == sim::context_of(device)) {
            sim::current = device;
            return ACL_SUCCESS;
        }
    }
    return sim::fail(ACL_ERROR_INVALID_PARAM, "aclrtSetCurrentContext of an unknown context");
}

aclError aclrtGetPrimaryCtxState(int32_t device, uint32_t* flags, int32_t* active) {
    if (!sim::is_device(device)) {
        return sim::invalid(device);
    }
    if (flags != nullptr) {
        *flags = 0;
    }
    *active = sim::active[device] ? 1 : 0;
    return ACL_SUCCESS;
}

aclError aclrtDeviceCanAccessPeer(int32_t* can, int32_t, int32_t) {
    *can = 1;
    return ACL_SUCCESS;
}

aclError aclrtDeviceEnablePeerAccess(int32_t, uint32_t) { return ACL_SUCCESS; }

aclError aclrtDeviceGetBareTgid(int32_t* pid) {
    *pid = getpid();
    return ACL_SUCCESS;
}

aclError aclrtMalloc(void** address, size_t bytes, aclrtMemMallocPolicy) {
    return sim::current < 0 ? sim::fail(ACL_ERROR_RT_CONTEXT_NULL, "aclrtMalloc: the thread has no device")
                            : sim::allocate(sim::current, bytes, address);
}

aclError aclrtMallocAlign32(void** address, size_t bytes, aclrtMemMallocPolicy policy) {
    return aclrtMalloc(address, bytes, policy);
}

aclError aclrtFree(void* address) {
    int device = sim::device_of(address);
    if (device >= 0) {
        sim::synchronise_device(device, -1);  // as the runtime does before it unmaps pages
    }
    return sim::release(address);
}

aclError aclrtGetMemInfo(aclrtMemAttr, size_t* free, size_t* total) {
    if (sim::current < 0) {
        return sim::fail(ACL_ERROR_RT_CONTEXT_NULL, "aclrtGetMemInfo: the thread has no device");
    }
    *total = sim::settings().memory;
    *free = *total - sim::used_bytes(sim::current);
    return ACL_SUCCESS;
}

}  // extern "C"
