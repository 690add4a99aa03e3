#include "memory.h"

#include "counters.h"
#include "settings.h"
#include "simulator.h"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <fcntl.h>
#include <linux/falloc.h>
#include <map>
#include <mutex>
#include <sys/mman.h>
#include <unistd.h>
#include <vector>

namespace sim {

namespace {

constexpr size_t kAlignment = 512;  // of aclrtMalloc
constexpr size_t kPage = 4096;
constexpr int kMaxDevices = 64;

size_t round_up(size_t bytes, size_t unit) { return (bytes + unit - 1) / unit * unit; }

/** The memory of one device: first-fit allocation in a sparse memfd of SIM_MEMORY bytes. */
class Arena {
public:
    Arena() : capacity_(round_up(settings().memory, kPage)) {
        fd_ = memfd_create("simulated-npu", MFD_CLOEXEC);
        if (fd_ < 0 || ftruncate(fd_, static_cast<off_t>(capacity_)) != 0) {
            throw std::bad_alloc();
        }
        device_ = map(PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1);
        host_ = map(PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE, fd_);
        free_[0] = capacity_;
    }

    void* allocate(size_t bytes) {
        size_t size = round_up(bytes == 0 ? 1 : bytes, kAlignment);
        std::lock_guard<std::mutex> lock(mutex_);
        for (auto hole = free_.begin(); hole != free_.end(); ++hole) {
            if (hole->second < size) {
                continue;
            }
            auto [offset, length] = *hole;
            free_.erase(hole);
            if (length > size) {
                free_[offset + size] = length - size;
            }
            live_[offset] = size;
            used_ += size;
            return device_ + offset;
        }
        return nullptr;
    }

    bool release(const void* address) {
        std::lock_guard<std::mutex> lock(mutex_);
        auto block = live_.find(offset_of(address));
        if (block == live_.end()) {
            return false;
        }
        size_t offset = block->first;
        size_t size = block->second;
        live_.erase(block);
        used_ -= size;
        auto next = free_.lower_bound(offset);
        if (next != free_.end() && next->first == offset + size) {
            size += next->second;
            next = free_.erase(next);
        }
        if (next != free_.begin() && std::prev(next)->first + std::prev(next)->second == offset) {
            --next;
            offset = next->first;
            next->second += size;
            size = next->second;
        } else {
            free_[offset] = size;
        }
        size_t first = round_up(offset, kPage);
        size_t last = (offset + size) / kPage * kPage;
        if (last > first) {  // return whole pages to the system
            fallocate(fd_, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, static_cast<off_t>(first),
                      static_cast<off_t>(last - first));
        }
        return true;
    }

    bool contains(const void* address) const {
        return address >= device_ && address < device_ + capacity_;
    }

    bool is_allocated(const void* address, size_t bytes) {
        std::lock_guard<std::mutex> lock(mutex_);
        size_t offset = offset_of(address);
        auto block = live_.upper_bound(offset);
        return block != live_.begin() && offset + bytes <= std::prev(block)->first + std::prev(block)->second;
    }

    void* to_host(const void* address) const { return host_ + offset_of(address); }
    size_t used() const { return used_; }

private:
    char* map(int protection, int flags, int fd) const {
        void* address = mmap(nullptr, capacity_, protection, flags, fd, 0);
        if (address == MAP_FAILED) {
            throw std::bad_alloc();
        }
        return static_cast<char*>(address);
    }

    size_t offset_of(const void* address) const { return static_cast<const char*>(address) - device_; }

    size_t capacity_;
    int fd_ = -1;
    char* device_ = nullptr;
    char* host_ = nullptr;
    std::mutex mutex_;
    std::map<size_t, size_t> free_;
    std::map<size_t, size_t> live_;
    std::atomic<size_t> used_{0};
};

std::atomic<Arena*> arenas[kMaxDevices];
std::mutex arenas_mutex;
std::atomic<uint64_t> allocations{0};

Arena& arena(int device) {
    if (Arena* existing = arenas[device].load()) {
        return *existing;
    }
    std::lock_guard<std::mutex> lock(arenas_mutex);
    if (arenas[device].load() == nullptr) {
        arenas[device] = new Arena;
    }
    return *arenas[device].load();
}

Arena* arena_of(const void* address) {
    int device = device_of(address);
    return device < 0 ? nullptr : arenas[device].load();
}

std::mutex pinned_mutex;
std::map<const char*, size_t> pinned;

}  // namespace

int device_of(const void* address) {
    for (int device = 0; device < kMaxDevices; ++device) {
        Arena* candidate = arenas[device].load();
        if (candidate != nullptr && candidate->contains(address)) {
            return device;
        }
    }
    return -1;
}

void* to_host(const void* address) {
    Arena* owner = arena_of(address);
    return owner == nullptr ? const_cast<void*>(address) : owner->to_host(address);
}

bool is_allocated(const void* address, size_t bytes) {
    Arena* owner = arena_of(address);
    return owner != nullptr && owner->is_allocated(address, bytes);
}

size_t used_bytes(int device) { return arena(device).used(); }

aclError allocate(int device, size_t bytes, void** address) {
    uint64_t number = ++allocations;
    const Fault* oom = find_fault("oom");
    if (oom == nullptr || number < std::max<uint64_t>(oom->count, 1)) {
        *address = arena(device).allocate(bytes);
    } else {
        *address = nullptr;
    }
    if (*address == nullptr) {
        return fail(ACL_ERROR_RT_MEMORY_ALLOCATION,
                    "out of memory: device " + std::to_string(device) + " has " + std::to_string(settings().memory) +
                        " bytes, " + std::to_string(used_bytes(device)) + " in use, " + std::to_string(bytes) +
                        " more asked for");
    }
    size_t total = 0;
    for (auto& each : arenas) {
        total += each.load() == nullptr ? 0 : each.load()->used();
    }
    count_device_bytes(total);
    return ACL_SUCCESS;
}

aclError release(void* address) {
    Arena* owner = arena_of(address);
    if (owner == nullptr || !owner->release(address)) {
        return fail(ACL_ERROR_INVALID_PARAM, "aclrtFree of an address that is not allocated");
    }
    return ACL_SUCCESS;
}

bool is_pinned(const void* address) {
    std::lock_guard<std::mutex> lock(pinned_mutex);
    auto block = pinned.upper_bound(static_cast<const char*>(address));
    return block != pinned.begin() && address < std::prev(block)->first + std::prev(block)->second;
}

}  // namespace sim

extern "C" {

aclError aclrtMallocHost(void** address, size_t bytes) {
    if (posix_memalign(address, sim::kPage, bytes == 0 ? 1 : bytes) != 0) {
        return sim::fail(ACL_ERROR_RT_MEMORY_ALLOCATION, "no host memory for " + std::to_string(bytes) + " bytes");
    }
    std::lock_guard<std::mutex> lock(sim::pinned_mutex);
    sim::pinned[static_cast<char*>(*address)] = bytes;
    return ACL_SUCCESS;
}

aclError aclrtFreeHost(void* address) {
    std::lock_guard<std::mutex> lock(sim::pinned_mutex);
    if (sim::pinned.erase(static_cast<char*>(address)) == 0) {
        return sim::fail(ACL_ERROR_INVALID_PARAM, "aclrtFreeHost of an address that aclrtMallocHost did not give");
    }
    free(address);
    return ACL_SUCCESS;
}

}  // extern "C"
