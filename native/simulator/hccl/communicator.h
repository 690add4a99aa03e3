// A communicator: shared memory between the ranks of one machine, with a slot for the data of each rank.
#pragma once

#include "runtime/simulator.h"

#include <hccl/hccl.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace sim {

/** Bytes of one rank that travel at once; longer messages go in pieces. */
constexpr size_t kSlot = size_t{4} << 20;
constexpr uint32_t kMaxRanks = 256;

class Communicator {
public:
    /** Attaches to (or makes) the shared memory NAME. */
    Communicator(std::string name, uint32_t size, uint32_t rank);

    /** Waits for the collectives that were submitted. */
    ~Communicator();

    Communicator(const Communicator&) = delete;
    Communicator& operator=(const Communicator&) = delete;

    /** Waits until every rank has attached. */
    HcclResult connect();

    uint32_t size() const { return size_; }
    uint32_t rank() const { return rank_; }
    const std::string& name() const { return name_; }
    HcclResult error() const { return error_; }

    /** Puts the task of a collective into the stream; it counts, and meets the injected faults. */
    HcclResult submit(const char* operation, uint64_t bytes, aclrtStream stream, Task task);

    /**
     * One piece of a collective: shows [data, data + bytes) (or nothing) to all ranks, calls USE with every rank's
     * slot, and keeps the slots until all ranks are done with them.
     */
    void exchange(const void* data, size_t bytes, const std::function<void(const std::vector<const char*>&)>& use);

    void send(const void* data, size_t bytes, uint32_t peer);
    void receive(void* data, size_t bytes, uint32_t peer);

private:
    struct Shared;
    struct Pending;
    using Condition = std::function<bool()>;

    /** Waits for CONDITION; throws TaskError when a rank that it depends on has died or HCCL_EXEC_TIMEOUT is over. */
    void wait(const Condition& condition, const std::vector<uint32_t>& peers);
    bool is_gone(uint32_t peer) const;
    char* slot(uint32_t rank) const;
    char* pair_slot(uint32_t from, uint32_t to) const;
    void meet_faults(uint64_t number);

    const std::string name_;
    const uint32_t size_, rank_;
    int file_ = -1;
    size_t bytes_ = 0;
    Shared* shared_ = nullptr;
    uint64_t pieces_ = 0;      // exchanged so far; only the stream's thread uses it
    uint64_t operations_ = 0;  // submitted so far
    std::atomic<uint64_t> pending_{0};  // submitted and neither done nor dropped
    std::atomic<HcclResult> error_{HCCL_SUCCESS};
};

}  // namespace sim
