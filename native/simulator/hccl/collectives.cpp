// The collectives: stream tasks that transfer data in pieces of at most one slot.
#include "communicator.h"
#include "reduce.h"

#include <algorithm>
#include <cstring>

namespace {

using Slots = std::vector<const char*>;

sim::Communicator* communicator(HcclComm handle) { return static_cast<sim::Communicator*>(handle); }

/**
 * Calls PIECE(first element, elements) for each piece that fits into a slot; for an empty message, once with no
 * elements.
 */
template <typename Piece>
void in_pieces(uint64_t count, size_t width, Piece piece) {
    uint64_t step = sim::kSlot / width;
    uint64_t done = 0;
    do {
        uint64_t now = std::min(step, count - done);
        piece(done, now);
        done += now;
    } while (done < count);
}

HcclResult check(HcclComm handle, HcclDataType type) {
    if (handle == nullptr) {
        return HCCL_E_PTR;
    }
    if (sim::width(type) == 0) {
        sim::unsimulated("HCCL data type " + std::to_string(type));
        return HCCL_E_NOT_SUPPORT;
    }
    return HCCL_SUCCESS;
}

char* host(const void* address) { return static_cast<char*>(sim::to_host(address)); }

}  // namespace

extern "C" {

HcclResult HcclAllReduce(void* source, void* target, uint64_t count, HcclDataType type, HcclReduceOp op,
                         HcclComm handle, aclrtStream stream) {
    if (HcclResult code = check(handle, type)) {
        return code;
    }
    auto* group = communicator(handle);
    size_t width = sim::width(type);
    return group->submit("HcclAllReduce", count * width, stream, [=] {
        in_pieces(count, width, [&](uint64_t first, uint64_t now) {
            group->exchange(host(source) + first * width, now * width, [&](const Slots& slots) {
                sim::reduce(slots, now, type, op, host(target) + first * width);
            });
        });
    });
}

HcclResult HcclReduce(void* source, void* target, uint64_t count, HcclDataType type, HcclReduceOp op, uint32_t root,
                      HcclComm handle, aclrtStream stream) {
    if (HcclResult code = check(handle, type)) {
        return code;
    }
    auto* group = communicator(handle);
    size_t width = sim::width(type);
    return group->submit("HcclReduce", count * width, stream, [=] {
        in_pieces(count, width, [&](uint64_t first, uint64_t now) {
            group->exchange(host(source) + first * width, now * width, [&](const Slots& slots) {
                if (group->rank() == root) {
                    sim::reduce(slots, now, type, op, host(target) + first * width);
                }
            });
        });
    });
}

HcclResult HcclBroadcast(void* buffer, uint64_t count, HcclDataType type, uint32_t root, HcclComm handle,
                         aclrtStream stream) {
    if (HcclResult code = check(handle, type)) {
        return code;
    }
    auto* group = communicator(handle);
    size_t width = sim::width(type);
    bool is_root = group->rank() == root;
    return group->submit("HcclBroadcast", is_root ? count * width : 0, stream, [=] {
        in_pieces(count, width, [&](uint64_t first, uint64_t now) {
            char* piece = host(buffer) + first * width;
            group->exchange(is_root ? piece : nullptr, now * width, [&](const Slots& slots) {
                if (!is_root) {
                    std::memcpy(piece, slots[root], now * width);
                }
            });
        });
    });
}

HcclResult HcclAllGather(void* source, void* target, uint64_t count, HcclDataType type, HcclComm handle,
                         aclrtStream stream) {
    if (HcclResult code = check(handle, type)) {
        return code;
    }
    auto* group = communicator(handle);
    size_t width = sim::width(type);
    return group->submit("HcclAllGather", count * width, stream, [=] {
        in_pieces(count, width, [&](uint64_t first, uint64_t now) {
            group->exchange(host(source) + first * width, now * width, [&](const Slots& slots) {
                for (size_t rank = 0; rank < slots.size(); ++rank) {
                    std::memcpy(host(target) + (rank * count + first) * width, slots[rank], now * width);
                }
            });
        });
    });
}

HcclResult HcclReduceScatter(void* source, void* target, uint64_t count, HcclDataType type, HcclReduceOp op,
                             HcclComm handle, aclrtStream stream) {
    if (HcclResult code = check(handle, type)) {
        return code;
    }
    auto* group = communicator(handle);
    size_t width = sim::width(type);
    return group->submit("HcclReduceScatter", group->size() * count * width, stream, [=] {
        for (uint32_t owner = 0; owner < group->size(); ++owner) {
            in_pieces(count, width, [&](uint64_t first, uint64_t now) {
                group->exchange(host(source) + (owner * count + first) * width, now * width, [&](const Slots& slots) {
                    if (owner == group->rank()) {
                        sim::reduce(slots, now, type, op, host(target) + first * width);
                    }
                });
            });
        }
    });
}

HcclResult HcclScatter(void* source, void* target, uint64_t count, HcclDataType type, uint32_t root, HcclComm handle,
                       aclrtStream stream) {
    if (HcclResult code = check(handle, type)) {
        return code;
    }
    auto* group = communicator(handle);
    size_t width = sim::width(type);
    bool is_root = group->rank() == root;
    return group->submit("HcclScatter", is_root ? group->size() * count * width : 0, stream, [=] {
        for (uint32_t owner = 0; owner < group->size(); ++owner) {
            in_pieces(count, width, [&](uint64_t first, uint64_t now) {
                const char* piece = is_root ? host(source) + (owner * count + first) * width : nullptr;
                group->exchange(piece, now * width, [&](const Slots& slots) {
                    if (owner == group->rank()) {
                        std::memcpy(host(target) + first * width, slots[root], now * width);
                    }
                });
            });
        }
    });
}

HcclResult HcclBarrier(HcclComm handle, aclrtStream stream) {
    auto* group = communicator(handle);
    return group->submit("HcclBarrier", 0, stream, [=] { group->exchange(nullptr, 0, [](const Slots&) {}); });
}

HcclResult HcclSend(void* buffer, uint64_t count, HcclDataType type, uint32_t peer, HcclComm handle,
                    aclrtStream stream) {
    if (HcclResult code = check(handle, type)) {
        return code;
    }
    auto* group = communicator(handle);
    size_t bytes = count * sim::width(type);
    return group->submit("HcclSend", bytes, stream, [=] { group->send(host(buffer), bytes, peer); });
}

HcclResult HcclRecv(void* buffer, uint64_t count, HcclDataType type, uint32_t peer, HcclComm handle,
                    aclrtStream stream) {
    if (HcclResult code = check(handle, type)) {
        return code;
    }
    auto* group = communicator(handle);
    size_t bytes = count * sim::width(type);
    return group->submit("HcclRecv", 0, stream, [=] { group->receive(host(buffer), bytes, peer); });
}

}  // extern "C"
